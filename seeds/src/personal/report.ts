import { PERSONAL_KINDS, type PersonalExport, type PersonalKind } from '@pocketrocket/formats';
import type { ImportOutcome } from '@pocketrocket/schema/database';
import { nameOf, type UnmatchedFilm } from './matchExport.ts';

/** The outcome of `--into-account`, as `--json` prints it. */
export interface PersonalReport {
  status: 'stored' | 'checked' | 'nothing';
  service: string;
  /** Null where nothing was to be stored. */
  importId: string | null;
  /** Films of each kind in the export. */
  films: Record<PersonalKind, number>;
  /** Rows that were not taken over, by the reason. */
  leftOut: Record<string, number>;
  matched: number;
  outcomes: Record<ImportOutcome, number> | null;
  unmatched: UnmatchedFilm[];
}

/** Films that were not found, for people; `--json` has all of them. */
const MAX_LISTED = 200;

const KINDS: Readonly<Record<PersonalKind, string>> = {
  rating: 'rated',
  watched: 'watched',
  like: 'liked',
  watchlist: 'to be watched',
};

export function countKinds({ rows }: PersonalExport): Record<PersonalKind, number> {
  const counts = { rating: 0, watched: 0, like: 0, watchlist: 0 };
  for (const { kind } of rows) counts[kind]++;
  return counts;
}

/** A report in lines, for people. */
export function reportLines(report: PersonalReport, email: string): string[] {
  const { status, service, films, leftOut, matched, outcomes, unmatched, importId } = report;
  const kinds = PERSONAL_KINDS.filter((kind) => films[kind] > 0).map(
    (kind) => `${films[kind]} ${KINDS[kind]}`,
  );
  return [
    `${service}: ${kinds.join(', ') || 'no films'}. Ratings alone are taken over.`,
    ...Object.entries(leftOut).map(([reason, times]) => `left out ${times}: ${reason}`),
    ...unmatchedLines(unmatched),
    outcomes
      ? `${outcomes.stored} ${outcomes.stored === 1 ? 'rating' : 'ratings'} stored for ${email}, ${outcomes.unchanged} were there already, ${outcomes.kept} kept as they are rated later here.`
      : status === 'nothing'
        ? `Nothing to store for ${email}: no rated film was found here.`
        : `Checked only: ${matched} ratings would be stored for ${email}.`,
    ...(importId === null
      ? []
      : [`Take them back: npm run seed -- --into-account ${email} --undo ${importId}`]),
  ];
}

function unmatchedLines(unmatched: readonly UnmatchedFilm[]): string[] {
  if (unmatched.length === 0) return [];
  const numMore = unmatched.length - MAX_LISTED;
  return [
    `Not found here, ${unmatched.length}:`,
    ...unmatched.slice(0, MAX_LISTED).map(lineOf),
    ...(numMore > 0 ? [`  and ${numMore} more: --json lists all`] : []),
  ];
}

function lineOf({ title, year, candidates }: UnmatchedFilm): string {
  const perhaps = candidates.length > 0 ? `; perhaps ${candidates.join(' or ')}` : '';
  return `  ${nameOf(title, year)}${perhaps}`;
}
