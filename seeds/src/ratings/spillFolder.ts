import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, isAlive, messageOf } from '@pocketrocket/runtime';
import { removeWhenStopped } from '../output/unfinished.ts';
import { SORTED_FILE } from './sortRatings.ts';

/** Raise it when what is kept on disk changes: what was kept before is then of no use. */
const LAYOUT = 2;
const DESCRIPTION = 'sorted.json';

/** The description of ratings that were sorted on disk. */
export interface KeptSort<T> {
  layout: number;
  identity: string;
  length: number;
  /** Whatever else the reading found. */
  report: T;
}

/** Folders of this process that are in use. */
const inUse = new Set<string>();
let numFolders = 0;

/**
 * A folder for one reading of a source, `<parent>/<key>.<process>.<number>`. What a dead process left is removed, except for a finished sort of
 * the same source: that is taken over.
 */
export class SpillFolder<T> {
  readonly #parent: string;
  readonly #path: string;
  readonly #leave: () => void;

  /** @param key says which source in which state, and how it is read */
  constructor(parent: string, key: string) {
    this.#parent = parent;
    this.#path = join(parent, `${key}.${process.pid}.${++numFolders}`);
    inUse.add(this.#path);
    this.#takeOver(key);
    // What a killed process leaves, the next one removes.
    this.#leave = removeWhenStopped(this.#path, () => existsSync(join(this.#path, DESCRIPTION)));
  }

  /** A sort that an earlier process finished and nobody used up. */
  kept(): KeptSort<T> | null {
    const path = join(this.#path, DESCRIPTION);
    if (!existsSync(path)) return null;
    const kept = JSON.parse(readFileSync(path, 'utf8')) as KeptSort<T>;
    return kept.layout === LAYOUT ? kept : null;
  }

  get sortedPath(): string {
    return join(this.#path, SORTED_FILE);
  }

  /** Makes the folder. @throws AppError ENVIRONMENT */
  make(): string {
    try {
      mkdirSync(this.#path, { recursive: true });
    } catch (error) {
      throw new AppError(
        'ENVIRONMENT',
        `${this.#path} cannot be created: ${messageOf(error)}; set POCKETROCKET_HOME`,
        {
          cause: error,
        },
      );
    }
    return this.#path;
  }

  /** Keeps the sorted ratings, and nothing else, for a later process. */
  keep(found: Omit<KeptSort<T>, 'layout'>): void {
    for (const file of readdirSync(this.#path)) if (file !== SORTED_FILE) rmSync(join(this.#path, file));
    // Whole or not at all: the description is what says that the sort is finished.
    writeFileSync(join(this.#path, `${DESCRIPTION}.part`), JSON.stringify({ layout: LAYOUT, ...found }));
    renameSync(join(this.#path, `${DESCRIPTION}.part`), join(this.#path, DESCRIPTION));
  }

  /** Lets go of what is kept: it stays for whoever comes next. */
  leave(): void {
    inUse.delete(this.#path);
    this.#leave();
  }

  /** Removes the folder; it may be made again. */
  remove(): void {
    rmSync(this.#path, { recursive: true, force: true });
  }

  #takeOver(key: string): void {
    if (!existsSync(this.#parent)) return;
    for (const name of readdirSync(this.#parent)) {
      const [itsKey, pid] = name.split('.');
      const path = join(this.#parent, name);
      const isOwn = Number(pid) === process.pid;
      if (isOwn ? inUse.has(path) : isAlive(Number(pid))) continue;
      const isOfUse = itsKey === key && existsSync(join(path, DESCRIPTION)) && !existsSync(this.#path);
      if (isOfUse) renameSync(path, this.#path);
      else rmSync(path, { recursive: true, force: true });
    }
  }
}
