import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@pocketrocket/runtime';
import type { LRUCache } from 'lru-cache';
import type { ApiPort } from '../api/apiPort.ts';
import type { BudgetGate } from '../budgets/budgetGate.ts';
import { createByteCache } from '../caches/byteCache.ts';
import { Tally } from '../counters/tally.ts';
import { takesBrotli } from '../http/encodings.ts';
import { wantsPage, type PageRenderer, type PageVisitor } from '../http/portal.ts';
import { hasAlready } from '../http/publicAnswers.ts';
import { searchOf } from '../http/requestPath.ts';
import { languageFor } from './language.ts';
import { NotRendered, type RenderThread } from './renderThread.ts';
import type { PageBytes, RenderRequest } from './renderer.ts';

export interface ServedPagesOptions {
  renderer: Pick<RenderThread, 'facts' | 'render'>;
  api: ApiPort;
  gate: Pick<BudgetGate, 'check' | 'learn'>;
  /** Bytes of pages that are kept for others. */
  maxBytes: number;
  /** Seconds for which they are. */
  maxAgeSeconds: number;
  /** Milliseconds after which the browser is to render the page, since that is sooner. */
  patienceMs?: number;
  /** Tells models, catalogues and builds of the portal apart: pages made of former ones are not shown. */
  generation: () => string | number;
  /** Origin at which people reach the server; null where none is set. */
  publicUrl: string | null;
  /** The content security policy of a page with these style elements. */
  policyFor: (styles: readonly string[]) => string;
  logger: Logger;
  /** A clock that never goes back. */
  nowMs?: () => number;
}

interface Kept {
  page: PageBytes;
  atMs: number;
}

const MAX_HOST = 255;
/** Characters of an address that is rendered; the browser shows what is left. */
const MAX_LOCATION = 1_000;
/** Pages that are rendered for one address at a time. */
const MAX_BY_ADDRESS = 4;
const PATIENCE_MS = 2_500;
/** A page that is older than so many times the age for which it is kept is shown to nobody. */
const MAX_AGES = 5;

/**
 * Answers with pages that are rendered here: those of visitors of whom nothing is known are everybody's, and kept for a while. Whatever
 * keeps a page from being rendered in time leaves it to the browser. Its questions to the API are charged to whoever wants the page.
 */
export class ServedPages implements PageRenderer {
  readonly #options: Required<ServedPagesOptions>;
  readonly #kept: LRUCache<string, Kept>;
  readonly #underWay = new Map<string, Promise<PageBytes>>();
  readonly #byAddress = new Tally();

  constructor(options: ServedPagesOptions) {
    this.#options = { patienceMs: PATIENCE_MS, nowMs: () => performance.now(), ...options };
    this.#kept = createByteCache<Kept>({
      name: 'pages',
      maxBytes: options.maxBytes,
      bytesOf: ({ page }) => page.html.length + page.brotli.length,
    });
  }

  /**
   * Answers browsers, and those that unfurl links, which take anything.
   * @returns false, with nothing sent, where the browser is to render the page
   */
  async answer(req: IncomingMessage, res: ServerResponse, visitor: PageVisitor): Promise<boolean> {
    const { facts } = this.#options.renderer;
    const location = locationOf(req);
    const origin = originOf(req, this.#options.publicUrl);
    if (location === null || origin === null || !facts || !takesPages(req)) return false;
    const { cookie, 'accept-language': acceptLanguage } = req.headers;
    const language = languageFor({ search: searchOf(req), cookie, acceptLanguage }, facts.languages);
    const key = [this.#options.generation(), language, origin, location].join(' ');
    const request = { location, origin, language };
    const page = this.#keptFor(key, request, visitor) ?? (await this.#rendered(key, request, visitor));
    // What takes anything, as programs do, is told in their words that there is nothing.
    if (!page || (page.status !== 200 && !wantsPage(req))) return false;
    if (!res.destroyed) this.#send(req, res, language, page);
    return true;
  }

  /** The page as it is kept; where it is a little old, another one is made for those who come next. */
  #keptFor(key: string, request: RenderRequest, visitor: PageVisitor): PageBytes | null {
    const kept = this.#kept.get(key);
    if (!kept) return null;
    const { maxAgeSeconds, nowMs } = this.#options;
    const ages = (nowMs() - kept.atMs) / (1000 * maxAgeSeconds);
    if (!(ages < MAX_AGES)) return null;
    if (ages >= 1) void this.#rendered(key, request, visitor);
    return kept.page;
  }

  /** The page, rendered for this visitor or just now for another one; null where it could not be in time. */
  async #rendered(key: string, request: RenderRequest, visitor: PageVisitor): Promise<PageBytes | null> {
    try {
      const underWay = this.#underWay.get(key) ?? this.#begin(key, request, visitor);
      const late = new NotRendered('the page took too long');
      return await inTime(underWay, this.#options.patienceMs, late);
    } catch (error) {
      const level = error instanceof NotRendered ? 'debug' : 'warn';
      const { requestId } = visitor;
      this.#options.logger[level]({ requestId, err: error }, 'the browser is left to render the page');
      return null;
    }
  }

  #begin(key: string, request: RenderRequest, visitor: PageVisitor): Promise<PageBytes> {
    if (this.#byAddress.of(visitor.address) >= MAX_BY_ADDRESS)
      return Promise.reject(new NotRendered('that address waits for pages already'));
    this.#byAddress.add(visitor.address);
    const page = this.#render(request, visitor).finally(() => {
      this.#underWay.delete(key);
      this.#byAddress.remove(visitor.address);
    });
    this.#underWay.set(key, page);
    void page.then(
      (done) => {
        if (done.isShared) this.#kept.set(key, { page: done, atMs: this.#options.nowMs() });
      },
      () => undefined,
    );
    return page;
  }

  async #render(request: RenderRequest, visitor: PageVisitor): Promise<PageBytes> {
    // Whoever has no budget left gets a page that costs nothing.
    if (await this.#options.gate.check(visitor.address, undefined))
      throw new NotRendered('the budget of that address is used up');
    return this.#options.renderer.render(request, (body) => this.#ask(body, visitor));
  }

  /** Asks the API as the visitor's browser would. @throws NotRendered where it does not answer the question */
  async #ask(body: string, { requestId, address }: PageVisitor): Promise<string> {
    const { api, gate, patienceMs } = this.#options;
    const answer = await api.handle({
      requestId,
      method: 'POST',
      search: '',
      headers: ['content-type', 'application/json', 'accept', 'application/json'],
      body,
      address,
      timeoutMs: patienceMs,
      isPassedOn: false,
    });
    if (answer.standing) gate.learn(answer.standing, undefined);
    if (answer.status !== 200) throw new NotRendered(`the API answered ${answer.status}`);
    return new TextDecoder().decode(answer.body);
  }

  #send(req: IncomingMessage, res: ServerResponse, language: string, page: PageBytes): void {
    res.setHeader('content-type', 'text/html; charset=utf-8');
    res.setHeader('content-language', language);
    res.setHeader('content-security-policy', this.#options.policyFor(page.styles));
    // Asked anew each time, which costs nothing where the page is still the same.
    res.setHeader('cache-control', 'no-cache');
    res.setHeader('etag', page.etag);
    res.appendHeader('vary', 'Accept-Language, Cookie');
    if (page.status === 200 && hasAlready(req, page.etag)) return void res.writeHead(304).end();
    res.statusCode = page.status;
    const isCompressed = takesBrotli(req);
    if (isCompressed) res.setHeader('content-encoding', 'br');
    const body = isCompressed ? page.brotli : page.html;
    if (isCompressed || req.headers['accept-encoding'] === undefined)
      res.setHeader('content-length', body.length);
    res.end(req.method === 'HEAD' ? undefined : body);
  }
}

/** The origin that stands in a page's addresses; null where the request names none that could. */
export function originOf({ headers: { host } }: IncomingMessage, publicUrl: string | null): string | null {
  if (publicUrl !== null) return new URL(publicUrl).origin;
  const isName = host !== undefined && host.length <= MAX_HOST && URL.canParse(`http://${host}`);
  return isName ? new URL(`http://${host}`).origin : null;
}

/** The address as the renderer takes it: clear characters of a path here; null for any other. */
function locationOf({ url = '' }: IncomingMessage): string | null {
  if (url.length > MAX_LOCATION || !/^\/(?![/\\])[\x21-\x7e]*$/.test(url)) return null;
  return URL.canParse(url, 'http://portal.invalid') ? url : null;
}

function takesPages({ headers: { accept = '*/*' } }: IncomingMessage): boolean {
  return /text\/html|\*\/\*/.test(accept);
}

/** @throws the error given, once so many milliseconds have passed */
async function inTime<T>(work: Promise<T>, ms: number, late: Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(late), ms);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
