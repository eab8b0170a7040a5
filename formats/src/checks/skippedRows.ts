import { FormatError } from './formatError.ts';
import {
  BAD_ROWS,
  LOST_VALUES,
  placeOf,
  problemText,
  type BadRowKind,
  type ProblemKind,
} from './problems.ts';
import type { RatingScale } from '../values/scales.ts';

/** The rule for what cannot be read. */
export interface SkipPolicy {
  /** The first problem ends the reading. */
  strict: boolean;
  /** However many rows are left out, the rest is taken. */
  allowSkipped: boolean;
  /** One problem is too many, once all are counted. */
  toleratesNothing?: boolean;
  /** Ratings that are all the same are implicit feedback, and raise no doubt about their scale. */
  takesConstant?: boolean;
  /** The scale of the ratings, for messages. */
  scale?: RatingScale;
}

/** The content of a report as plain data. */
export type SkippedSnapshot = [file: string, kind: ProblemKind, count: number, places: string[]][];

/** Of more rows than this share with one problem, and of at least `LEAST_REFUSED`, somebody must say that they can go. */
const MAX_SHARE = 0.02;
const LEAST_REFUSED = 5;
const SHOWN_PER_KIND = 10;
const SHOWN_IN_REFUSAL = 3;

interface Found {
  file: string;
  kind: ProblemKind;
  count: number;
  /** Rows that have the problem, some of them twice. */
  numRows: number;
  lastLine: number;
  places: string[];
}

/** Counts problems by file and kind, remembers where the first ten of each stand, and refuses where they are too many. */
export class SkippedRows {
  readonly policy: SkipPolicy;
  readonly #found = new Map<string, Found>();

  constructor(policy: SkipPolicy) {
    this.policy = policy;
  }

  /** @throws FormatError when strict */
  add(kind: ProblemKind, file: string, line: number, value?: string): void {
    if (this.policy.strict) {
      const place = placeOf(file, line, value);
      throw new FormatError(`${place}: ${this.#text(kind)}; nothing was changed (--strict)`, file, line);
    }
    const found = this.#of(kind, file);
    found.count++;
    if (line !== found.lastLine) found.numRows++;
    found.lastLine = line;
    if (found.places.length < SHOWN_PER_KIND) found.places.push(placeOf(file, line, value));
  }

  /** The number of rows of a file that have a problem. */
  count(kind: ProblemKind, file: string): number {
    return this.#found.get(`${file} ${kind}`)?.count ?? 0;
  }

  /**
   * Refuses a file, once it was read, more than 2 % of whose rows, and at least 5, have one problem, unless the policy allows it.
   * @param causeOf the likely cause of a problem and its remedy, as a sentence; null where nothing is known
   * @throws FormatError
   */
  refuseTooMany(
    file: string,
    numRows: number,
    causeOf: (kind: ProblemKind) => string | null = () => null,
  ): void {
    if (this.policy.allowSkipped) return;
    const least = this.policy.toleratesNothing ? 1 : Math.max(LEAST_REFUSED, MAX_SHARE * numRows + 1e-9);
    const tooMany = [...this.#found.values()].filter(
      (found) => found.file === file && found.numRows >= least,
    );
    if (tooMany.length === 0) return;
    const lines = tooMany.flatMap((found) => this.#refusal(found, numRows, causeOf(found.kind)));
    const isOnlyLoss = tooMany.every(({ kind }) => kind in LOST_VALUES);
    const rest = isOnlyLoss ? 'takes the rows without these values' : 'takes the rest without these rows';
    throw new FormatError([...lines, `nothing was changed; --allow-skipped ${rest}`].join('\n'), file, null);
  }

  snapshot(): SkippedSnapshot {
    return [...this.#found.values()].map(({ file, kind, count, places }) => [file, kind, count, places]);
  }

  /** Takes the place of everything counted so far. */
  restore(snapshot: SkippedSnapshot): void {
    this.#found.clear();
    for (const [file, kind, count, places] of snapshot)
      this.#found.set(`${file} ${kind}`, { file, kind, count, numRows: count, lastLine: -1, places });
  }

  /** The number of problems of each kind, all kinds listed. */
  counts(): Record<ProblemKind, number> {
    const kinds = Object.keys({ ...BAD_ROWS, ...LOST_VALUES }) as ProblemKind[];
    const countOf = (kind: ProblemKind) =>
      [...this.#found.values()].reduce((sum, found) => sum + (found.kind === kind ? found.count : 0), 0);
    return Object.fromEntries(kinds.map((kind) => [kind, countOf(kind)])) as Record<ProblemKind, number>;
  }

  /** For people: one paragraph for each file and kind; empty where there was no problem. */
  describe(): string[] {
    return [...this.#found.values()].flatMap(({ kind, count, places }) => {
      const more = count > places.length ? [`  … and ${count - places.length} more`] : [];
      const what = isBadRow(kind) ? 'skipped' : 'left empty';
      return [`${what} ${count}: ${this.#text(kind)}`, ...places.map((place) => `  ${place}`), ...more];
    });
  }

  #refusal({ file, kind, numRows: numBad, places }: Found, numRows: number, cause: string | null): string[] {
    const share = `${numBad} of ${numRows} rows (${Math.floor((100 * numBad) / numRows)} %)`;
    const what = isBadRow(kind) ? 'cannot be used' : 'would lose a value';
    return [
      `${file}: ${share} ${what}: ${this.#text(kind)}`,
      ...places.slice(0, SHOWN_IN_REFUSAL).map((place) => `  ${place}`),
      ...(cause === null ? [] : [`  likely cause: ${cause}`]),
    ];
  }

  #of(kind: ProblemKind, file: string): Found {
    const key = `${file} ${kind}`;
    const found = this.#found.get(key) ?? { file, kind, count: 0, numRows: 0, lastLine: -1, places: [] };
    this.#found.set(key, found);
    return found;
  }

  #text(kind: ProblemKind): string {
    return problemText(kind, this.policy.scale);
  }
}

function isBadRow(kind: ProblemKind): kind is BadRowKind {
  return kind in BAD_ROWS;
}
