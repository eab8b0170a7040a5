import { createHash } from 'node:crypto';
import { AppError, messageOf, type Logger } from '@pocketrocket/runtime';
import type { LRUCache } from 'lru-cache';
import { createByteCache } from '../caches/byteCache.ts';
import {
  readFilm,
  readFound,
  readPeople,
  readPerson,
  type FilmFacts,
  type KnownPerson,
  type PersonFacts,
} from './answers.ts';
import type { AnswerStore } from './keptAnswers.ts';
import type { TmdbClient } from './tmdbClient.ts';

/** The ids by which a film is found at TMDB; its own goes before IMDb's. */
export interface FilmIds {
  tmdbId: number | null;
  imdbId: number | null;
}

/** A kept answer: null where TMDB knows nothing of that name. */
interface Kept<T> {
  /** Milliseconds since 1970. */
  at: number;
  value: T | null;
}

const HOUR_MS = 3_600_000;
/** After that it is asked again, while the kept answer is still given. */
const FRESH_MS = 24 * HOUR_MS;
/** After that it is given no more. */
export const KEPT_MS = 30 * 24 * HOUR_MS;
/** Films whose posters somebody would have seen, and that are asked for when TMDB has time. */
const MAX_WANTED = 1_000;
const LOOK_MS = 250;

export interface TmdbOptions {
  client: TmdbClient;
  store: AnswerStore;
  /** Bytes of the answers that are kept in memory. */
  maxBytes: number;
  logger: Logger;
  now?: () => number;
}

/** Tells what TMDB knows of films and people. Answers are kept in memory and in the store; what is old is given, and asked for anew. */
export class Tmdb {
  readonly #client: TmdbClient;
  readonly #store: AnswerStore;
  readonly #logger: Logger;
  readonly #now: () => number;
  readonly #kept: LRUCache<string, Kept<unknown> & { bytes: number }>;
  readonly #underWay = new Map<string, Promise<unknown>>();
  readonly #wanted = new Map<string, FilmIds>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor({ client, store, maxBytes, logger, now = Date.now }: TmdbOptions) {
    this.#client = client;
    this.#store = store;
    this.#logger = logger;
    this.#now = now;
    this.#kept = createByteCache({ name: 'TMDB', maxBytes, bytesOf: ({ bytes }) => bytes });
  }

  /** Tells what is known of a film; null where TMDB does not know it. @throws AppError UPSTREAM_UNAVAILABLE */
  async film(ids: FilmIds): Promise<FilmFacts | null> {
    const tmdbId = await this.#tmdbIdOf(ids, true);
    const film = tmdbId === null ? null : await this.#film(tmdbId, true);
    // What lists wanted of it is known.
    this.#wanted.delete(keyOf(ids));
    return film;
  }

  /** Path of the poster of a film that has been asked for before; null for others, which are asked for when there is time. */
  async posterOf(ids: FilmIds): Promise<string | null> {
    // Nothing can be learnt of the one, and the other is about to be.
    if ((ids.tmdbId === null && ids.imdbId === null) || this.#wanted.has(keyOf(ids))) return null;
    try {
      const tmdbId = ids.tmdbId ?? (await this.#known<number>(nameOfImdb(ids.imdbId)))?.value;
      if (tmdbId === null) return null;
      const known = tmdbId === undefined ? undefined : await this.#known<FilmFacts>(nameOfFilm(tmdbId));
      if (known) return known.value?.poster ?? null;
      this.#want(ids);
    } catch (error) {
      this.#logger.debug({ reason: messageOf(error) }, 'a poster was not looked up');
    }
    return null;
  }

  /** @throws AppError UPSTREAM_UNAVAILABLE */
  person(personId: number): Promise<PersonFacts | null> {
    const query = { append_to_response: 'movie_credits' };
    return this.#ask(`person-${personId}`, `/person/${personId}`, query, readPerson);
  }

  /** People by name, the best known first. @throws AppError UPSTREAM_UNAVAILABLE */
  async people(text: string): Promise<KnownPerson[]> {
    const query = { query: text, include_adult: 'false', page: '1' };
    const digest = createHash('sha256').update(text.toLowerCase()).digest('hex').slice(0, 32);
    return (await this.#ask(`people-${digest}`, '/search/person', query, readPeople)) ?? [];
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#client.close();
  }

  #film(tmdbId: number, isUrgent: boolean): Promise<FilmFacts | null> {
    const query = { append_to_response: 'credits,videos,watch/providers' };
    return this.#ask(nameOfFilm(tmdbId), `/movie/${tmdbId}`, query, readFilm, isUrgent);
  }

  async #tmdbIdOf({ tmdbId, imdbId }: FilmIds, isUrgent: boolean): Promise<number | null> {
    if (tmdbId !== null || imdbId === null) return tmdbId;
    const path = `/find/tt${String(imdbId).padStart(7, '0')}`;
    return this.#ask(nameOfImdb(imdbId), path, { external_source: 'imdb_id' }, readFound, isUrgent);
  }

  /** The kept answer, else a new one; an old one is given, and a new one asked for beside it. */
  async #ask<T>(
    name: string,
    path: string,
    query: Readonly<Record<string, string>>,
    read: (answer: unknown) => T | null,
    isUrgent = true,
  ): Promise<T | null> {
    const known = await this.#known<T>(name);
    if (!known) return this.#fetch(name, path, query, read, isUrgent);
    if (this.#now() - known.at > FRESH_MS && this.#client.isIdle())
      // The old answer stands.
      this.#fetch(name, path, query, read, false).catch(() => undefined);
    return known.value;
  }

  async #known<T>(name: string): Promise<Kept<T> | undefined> {
    const inMemory = this.#kept.get(name) as Kept<T> | undefined;
    const known = inMemory ?? (await this.#stored<T>(name));
    return known && this.#now() - known.at <= KEPT_MS ? known : undefined;
  }

  async #stored<T>(name: string): Promise<Kept<T> | undefined> {
    const text = await this.#store.read(name);
    if (text === null) return undefined;
    try {
      const stored = JSON.parse(text) as Kept<T>;
      if (typeof stored.at !== 'number') return undefined;
      this.#kept.set(name, { ...stored, bytes: 2 * text.length });
      return stored;
    } catch {
      // Cut off by a crash: as if it were not there.
      return undefined;
    }
  }

  /** Asks once for what several ask for at the same time. */
  #fetch<T>(
    name: string,
    path: string,
    query: Readonly<Record<string, string>>,
    read: (answer: unknown) => T | null,
    isUrgent: boolean,
  ): Promise<T | null> {
    const underWay = this.#underWay.get(name);
    if (underWay) return underWay as Promise<T | null>;
    const asked = this.#client
      .get(path, query, isUrgent)
      .then((answer) => this.#keep(name, readAnswer(read, answer)))
      .finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, asked);
    return asked;
  }

  async #keep<T>(name: string, value: T | null): Promise<T | null> {
    const kept: Kept<T> = { at: this.#now(), value };
    const text = JSON.stringify(kept);
    this.#kept.set(name, { ...kept, bytes: 2 * text.length });
    await this.#store.write(name, text);
    return value;
  }

  #want(ids: FilmIds): void {
    if (this.#isClosed || this.#wanted.size >= MAX_WANTED) return;
    this.#wanted.set(keyOf(ids), ids);
    this.#timer ??= setTimeout(() => void this.#learn(), LOOK_MS).unref();
  }

  /** Asks for the films that are wanted as long as nobody else waits for TMDB. */
  async #learn(): Promise<void> {
    for (const [key, ids] of this.#wanted) {
      if (this.#isClosed || !this.#client.isIdle()) break;
      this.#wanted.delete(key);
      try {
        const tmdbId = await this.#tmdbIdOf(ids, false);
        if (tmdbId !== null) await this.#film(tmdbId, false);
      } catch (error) {
        this.#logger.debug({ reason: messageOf(error) }, 'a poster was not looked up');
      }
    }
    this.#timer = undefined;
    if (this.#wanted.size > 0 && !this.#isClosed)
      this.#timer = setTimeout(() => void this.#learn(), LOOK_MS).unref();
  }
}

const keyOf = ({ tmdbId, imdbId }: FilmIds) => `${tmdbId}-${imdbId}`;
const nameOfFilm = (tmdbId: number) => `film-${tmdbId}`;
const nameOfImdb = (imdbId: number | null) => `imdb-${imdbId}`;

function readAnswer<T>(read: (answer: unknown) => T | null, answer: unknown): T | null {
  try {
    return read(answer);
  } catch (error) {
    throw new AppError('UPSTREAM_UNAVAILABLE', 'TMDB answered in another form than it documents', {
      cause: error,
    });
  }
}
