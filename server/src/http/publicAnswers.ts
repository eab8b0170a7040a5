import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LRUCache } from 'lru-cache';
import { isPublicRequest } from '../api/publicRequest.ts';
import type { ApiAnswer, SharedAnswer } from '../api/apiPort.ts';
import { createByteCache } from '../caches/byteCache.ts';
import { searchOf } from './requestPath.ts';

/** An answer with what caches need to know of it. */
type KeptAnswer = ApiAnswer & { shared: SharedAnswer };

/** Writes an answer to a client that may be slow. */
type Send = (answer: ApiAnswer) => void;

interface Kept {
  answer: KeptAnswer;
  atMs: number;
}

const MAX_BYTES = 16 * 1024 * 1024;
/** Characters of an address and of an `accept` header that are looked up; more is asked of the API each time. */
const MAX_SEARCH = 8_000;
const MAX_ACCEPT = 300;

export interface PublicAnswersOptions {
  maxBytes?: number;
  /** A clock that never goes back. */
  nowMs?: () => number;
}

/**
 * Answers that are everybody's, kept for as long as every cache between here and the client may keep them, for all threads together.
 * Their `age` tells how long they were kept, so that nobody keeps one for longer than allowed.
 */
export class PublicAnswers {
  readonly #kept: LRUCache<string, Kept>;
  readonly #nowMs: () => number;

  constructor({ maxBytes = MAX_BYTES, nowMs = () => performance.now() }: PublicAnswersOptions = {}) {
    this.#kept = createByteCache<Kept>({
      name: 'public answers',
      maxBytes,
      bytesOf: ({ answer: { body } }) => body.length,
    });
    this.#nowMs = nowMs;
  }

  /**
   * Answers a request out of what is kept.
   * @param send writes an answer
   * @returns the answer, sent; null where there is none, or the request is another's
   */
  answer(req: IncomingMessage, res: ServerResponse, send: Send): ApiAnswer | null {
    const key = keyOf(req);
    const kept = key === null ? undefined : this.#kept.get(key);
    if (!kept) return null;
    const ageSeconds = Math.floor((this.#nowMs() - kept.atMs) / 1000);
    if (ageSeconds >= kept.answer.shared.maxAgeSeconds) return null;
    describe(res, kept.answer.shared, ageSeconds);
    sendUnlessKnown(req, res, kept.answer, send);
    return kept.answer;
  }

  /** Sends an answer of the API that is everybody's, and keeps it. */
  take(req: IncomingMessage, res: ServerResponse, answer: KeptAnswer, send: Send): void {
    const key = keyOf(req);
    if (key !== null && answer.shared.maxAgeSeconds > 0) this.#kept.set(key, { answer, atMs: this.#nowMs() });
    describe(res, answer.shared, 0);
    sendUnlessKnown(req, res, answer, send);
  }
}

/** True for an answer that is everybody's. */
export function isShared(answer: ApiAnswer): answer is KeptAnswer {
  return answer.shared !== undefined;
}

/** The name of an answer: everything of the request that it depends on. */
function keyOf(req: IncomingMessage): string | null {
  const { method = '', headers } = req;
  const { accept = '' } = headers;
  if (method !== 'GET' || headers['content-type'] !== undefined) return null;
  const search = searchOf(req);
  if (search.length > MAX_SEARCH || accept.length > MAX_ACCEPT) return null;
  const given = { get: (name: string) => headers[name]?.toString() };
  return isPublicRequest({ method, search, headers: given }) ? `${accept}\n${search}` : null;
}

/** Tells caches how long they may keep an answer. */
function describe(res: ServerResponse, { etag, maxAgeSeconds }: SharedAnswer, ageSeconds: number): void {
  res.setHeader('cache-control', `public, max-age=${maxAgeSeconds}`);
  res.setHeader('etag', etag);
  if (ageSeconds > 0) res.setHeader('age', String(ageSeconds));
  res.appendHeader('vary', 'Accept, Authorization');
}

function sendUnlessKnown(req: IncomingMessage, res: ServerResponse, answer: KeptAnswer, send: Send): void {
  if (hasAlready(req, answer.shared.etag)) res.writeHead(304).end();
  else send(answer);
}

/** True where the client names this content among what it has (RFC 9110, 13.1.2). */
export function hasAlready({ headers }: IncomingMessage, etag: string): boolean {
  const names = headers['if-none-match'];
  if (names === undefined) return false;
  const bare = (name: string) => name.trim().replace(/^W\//, '');
  return names.trim() === '*' || names.split(',').some((name) => bare(name) === bare(etag));
}
