import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MODEL_NAME } from '@pocketrocket/model/artifact';
import { messageOf, systemErrorCode, type Logger } from '@pocketrocket/runtime';
import { SAVED_MODEL_FILE } from '@pocketrocket/model/savedModel';
import { toServable, type Servable } from './servable.ts';

/** States of a version as TensorFlow Serving has them; source: apis/get_model_status.proto. */
export type VersionState = 'START' | 'LOADING' | 'AVAILABLE' | 'UNLOADING' | 'END';

export interface VersionStatus {
  version: number;
  state: VersionState;
  /** Why it ended, or why loading is tried again; null where nothing is wrong. */
  problem: string | null;
}

export interface ModelVersionsOptions {
  /** Holds `recmodel/<version>/saved_model.pb`, or the numbered folders themselves. */
  dir: string;
  /** Only the highest version is kept loaded, which is TensorFlow Serving's own default; else all that are there. */
  latestOnly: boolean;
  logger: Logger;
}

interface Version {
  state: VersionState;
  problem: string | null;
  /** Identity of the file that was loaded or tried; another file of the same version is loaded anew. */
  file: string;
  attempts: number;
  servable: Servable | null;
}

/** As TensorFlow Serving's `--max_num_load_retries`: so many further attempts, then it ends. */
const LOAD_RETRIES = 5;

/** The versions of a model folder, loaded as they appear and let go as they vanish, while requests run. */
export class ModelVersions {
  readonly #options: ModelVersionsOptions;
  readonly #versions = new Map<number, Version>();
  #polling: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #problem: string | null = null;

  constructor(options: ModelVersionsOptions) {
    this.#options = options;
  }

  /** Looks every so often until closed; TensorFlow Serving's default is every second. */
  watch(everyMs = 1_000): void {
    this.#timer = setInterval(() => void this.refresh(), everyMs);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Highest version first, those that were let go included; empty before there was any. */
  statuses(): VersionStatus[] {
    return [...this.#versions]
      .map(([version, { state, problem }]) => ({ version, state, problem }))
      .sort((a, b) => b.version - a.version);
  }

  /**
   * An available version.
   * @param wanted null for the highest one
   * @returns null where it is not available
   */
  servable(wanted: number | null): { version: number; servable: Servable } | null {
    const version =
      wanted ?? this.statuses().find(({ version: one }) => this.#versions.get(one)?.servable)?.version ?? -1;
    const servable = this.#versions.get(version)?.servable;
    return servable ? { version, servable } : null;
  }

  /** Looks now. Never rejects: what cannot be read is logged, and what is loaded stays. */
  refresh(): Promise<void> {
    this.#polling ??= this.#poll()
      .then(() => (this.#problem = null))
      .catch((error: unknown) => {
        const problem = messageOf(error);
        if (problem !== this.#problem) this.#options.logger.error({ err: error }, 'models cannot be read');
        this.#problem = problem;
      })
      .then(() => (this.#polling = undefined));
    return this.#polling;
  }

  async #poll(): Promise<void> {
    const base = await this.#basePath();
    const present = await versionsIn(base);
    const aspired = this.#options.latestOnly ? present.slice(0, 1) : present;
    const files = new Map<number, string>();
    const folders = new Map<number, string>();
    for (const { version, name } of aspired) {
      folders.set(version, join(base, name));
      files.set(version, await identityOf(join(base, name)));
    }
    for (const [version, file] of files) {
      const known = this.#versions.get(version);
      if (known?.file === file && known.state !== 'END' && known.state !== 'UNLOADING') continue;
      if (known?.file === file && known.attempts > LOAD_RETRIES) continue;
      this.#versions.set(version, {
        state: known?.servable ? 'AVAILABLE' : 'START',
        problem: null,
        file,
        attempts: 0,
        servable: known?.servable ?? null,
      });
    }
    for (const [version, one] of this.#versions) {
      if (files.has(version) && (one.servable === null || one.attempts === 0) && one.state !== 'END')
        await this.#load(folders.get(version) ?? '', version, one);
    }
    // Only now, so that with the newest alone there is always one that answers.
    for (const [version, one] of this.#versions) {
      if (files.has(version) || one.state === 'END') continue;
      this.#versions.set(version, { ...one, state: 'END', problem: null, servable: null });
      this.#options.logger.info({ version }, 'model version unloaded');
    }
  }

  async #load(folder: string, version: number, one: Version): Promise<void> {
    const { logger } = this.#options;
    one.attempts += 1;
    if (!one.servable) one.state = 'LOADING';
    try {
      one.servable = toServable(await readFile(join(folder, SAVED_MODEL_FILE)));
      one.state = 'AVAILABLE';
      one.problem = null;
      logger.info({ version }, 'model version loaded');
    } catch (error) {
      one.problem = messageOf(error);
      if (one.attempts > LOAD_RETRIES) one.state = 'END';
      if (one.attempts === 1 || one.state === 'END')
        logger.warn({ version, state: one.state, problem: one.problem }, 'model version cannot be loaded');
    }
  }

  /** The folder of numbered folders: the one that the trainer writes, where it is there. */
  async #basePath(): Promise<string> {
    const { dir } = this.#options;
    const inner = join(dir, MODEL_NAME);
    return (await stat(inner).catch(() => null))?.isDirectory() ? inner : dir;
  }
}

/** A version, and the folder's name by which it is listed, such as `001`. */
interface VersionFolder {
  version: number;
  name: string;
}

/** The numbered folders, highest first, one of each number; none where the folder itself is not there. */
async function versionsIn(base: string): Promise<VersionFolder[]> {
  const entries = await readdir(base, { withFileTypes: true }).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  });
  const found = entries
    .filter((entry) => entry.isDirectory() && /^\d+$/.test(entry.name))
    .map(({ name }) => ({ version: Number(name), name }))
    .filter(({ version }) => Number.isSafeInteger(version))
    // Of `1` and `001` the plain one counts.
    .sort((a, b) => b.version - a.version || a.name.length - b.name.length);
  return found.filter(({ version }, place) => version !== found[place - 1]?.version);
}

/** Tells a file from another one that later lies at the same place. */
async function identityOf(folder: string): Promise<string> {
  const found = await stat(join(folder, SAVED_MODEL_FILE)).catch(() => null);
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : 'absent';
}
