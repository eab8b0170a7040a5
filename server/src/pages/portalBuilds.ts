import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { scriptDigests } from '../http/securityHeaders.ts';

export interface PortalBuildsOptions {
  /** The folder of the built portal. */
  portalDir: string;
  /** Called when a build is there as a whole, at the start or in place of another one. */
  onWhole: () => void;
  /** Called when the build that was whole is not there any more. */
  onGone: () => void;
  /** Milliseconds from one look to the next. */
  lookEveryMs?: number;
}

const INDEX = 'index.html';
const MANIFEST = '.vite/manifest.json';
/** Written one after the other: whoever replaces one build by another changes at least the first of them. */
const LANDMARKS = [INDEX, MANIFEST, 'ssr/render.js'] as const;
const LOOK_MS = 1_000;

/**
 * Watches the folder of the built portal, in which a build may be replaced by another one under a server that runs. A build is whole when
 * its page, its manifest, its renderer and all files that the manifest names are there, and were the same at the look before.
 */
export class PortalBuilds {
  readonly #options: PortalBuildsOptions;
  readonly #timer: NodeJS.Timeout;
  #seen: string | null;
  #whole: string | null = null;
  #number = 0;
  #page: string | null = null;
  #scripts: readonly string[] = [];

  constructor(options: PortalBuildsOptions) {
    this.#options = options;
    // What is there at the start is not looked at twice.
    this.#seen = this.#stateOf(LANDMARKS);
    this.look();
    this.#timer = setInterval(() => this.look(), options.lookEveryMs ?? LOOK_MS).unref();
  }

  /** Tells the builds that were whole apart, one after the other. */
  get number(): number {
    return this.#number;
  }

  /** Digests of the scripts in line of the page as it is now, whole or not. */
  get scripts(): readonly string[] {
    this.#lookAtPage();
    return this.#scripts;
  }

  look(): void {
    this.#lookAtPage();
    const state = this.#stateOf(LANDMARKS);
    if (state !== this.#whole) {
      if (this.#whole !== null) {
        this.#whole = null;
        this.#options.onGone();
      }
      if (state !== null && state === this.#seen && this.#hasAllFiles()) {
        this.#whole = state;
        this.#number++;
        this.#options.onWhole();
      }
    }
    this.#seen = state;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Browsers render with the page of a build as soon as it is there. */
  #lookAtPage(): void {
    const page = this.#stateOf([INDEX]);
    if (page === this.#page) return;
    this.#page = page;
    try {
      this.#scripts = scriptDigests(readFileSync(join(this.#options.portalDir, INDEX), 'utf8'));
    } catch {
      // It went between the two; the next look finds what comes.
      this.#page = null;
    }
  }

  /** Tells one state of files from another; null where one is missing, or cannot be looked at now. */
  #stateOf(files: readonly string[]): string | null {
    try {
      const stats = files.map((file) => statSync(join(this.#options.portalDir, file)));
      return stats.map(({ ino, size, mtimeMs }) => [ino, size, mtimeMs].join()).join(' ');
    } catch {
      return null;
    }
  }

  #hasAllFiles(): boolean {
    const { portalDir } = this.#options;
    try {
      const manifest = JSON.parse(readFileSync(join(portalDir, MANIFEST), 'utf8')) as Record<
        string,
        { file: string; css?: string[]; assets?: string[] }
      >;
      return Object.values(manifest)
        .flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets])
        .every((file) => existsSync(join(portalDir, file)));
    } catch {
      // Gone meanwhile, or written in part.
      return false;
    }
  }
}
