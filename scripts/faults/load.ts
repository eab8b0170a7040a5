import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '@pocketrocket/engine';
import { ask, type Asked } from './ask.ts';

/** One answer, or the lack of one. */
export interface Answer {
  /** Name of the query or mutation. */
  what: string;
  /** `ok`; `degraded`; codes of the errors in the answer; `HTTP <status>`; or how the connection failed, such as `ECONNRESET`. */
  kind: string;
  /** The messages of its errors. */
  messages: readonly string[];
  sentAt: number;
  durationMs: number;
}

export interface LoadOptions {
  origin: string;
  /** Clients that ask, each its next question when it has the answer to the last one. */
  readers: number;
  /** Clients that rate, each with an account of its own. */
  writers: number;
  /** Pause of a client between two requests. */
  pauseMs: number;
  onAnswer(answer: Answer): void;
}

/** Answers that one writer got for its ratings. */
export interface Written {
  userId: number;
  email: string;
  token: string;
  /** When the token was issued, by `Date.now()`. */
  issuedAt: number;
  /** By movie, the last rating in stars that was acknowledged; null where it was taken back. */
  acknowledged: Map<number, number | null>;
  /** By movie, what was asked for since, without an answer that says whether it was done. */
  uncertain: Map<number, Set<number | null>>;
  numAcknowledged: number;
}

const PASSWORD = 'correct horse battery staple';
const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { token user { userId } } }';
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { token } }';
/** Age at which a writer signs in again: its token holds a quarter of an hour. */
const RENEW_AFTER_MS = 10 * 60_000;
const CATALOGUE = `{
  movies(first: 100) { nodes { movieId title } }
  users(first: 100) { nodes { userId } }
}`;
const RATE = `mutation Rate($movieId: Int!, $rating: Float!) {
  rateMovie(input: { movieId: $movieId, rating: $rating }) { rating { rating } movie { ratingCount } }
}`;
const UNRATE = `mutation Unrate($movieId: Int!) { unrateMovie(input: { movieId: $movieId }) { movie { ratingCount } } }`;

/** Queries that readers send in turn. */
const QUESTIONS: readonly { what: string; query: string }[] = [
  {
    what: 'recommendations',
    query: `query ($userId: Int!) { user(userId: $userId) { recommendations(first: 20) {
      nodes { movie { title genres { name } } score reasons { movie { title } } } served { ranker degraded degradedReason } } } }`,
  },
  {
    what: 'movie page',
    query: `query ($movieId: Int!) { movie(movieId: $movieId) { title ratingCount genres { name } similar(first: 6) { movie { title } } } }`,
  },
  {
    what: 'recommendations',
    query: `query ($userId: Int!) { user(userId: $userId) { name recommendations(first: 5, diversity: 0.3) {
      nodes { movie { title } } served { ranker degraded degradedReason } } } }`,
  },
  {
    what: 'user page',
    query: `query ($userId: Int!) { user(userId: $userId) { name favouriteGenre { name } ratings(first: 10) { nodes { rating movie { title } } } } }`,
  },
  {
    what: 'taste',
    query: `query ($movieId: Int!) { recommendFor(ratings: [{ movieId: $movieId, rating: 5 }], first: 5) {
      nodes { movie { title } } served { ranker degraded degradedReason } } }`,
  },
];

/** A steady load of real queries and ratings that remembers everything it was told. */
export class Load {
  readonly writers: readonly Written[];
  readonly #options: LoadOptions;
  readonly #movieIds: readonly number[];
  readonly #userIds: readonly number[];
  readonly #agent: Agent;
  #running: Promise<unknown> | null = null;
  #isStopping = false;

  private constructor(
    options: LoadOptions,
    movieIds: readonly number[],
    userIds: readonly number[],
    writers: readonly Written[],
  ) {
    this.#options = options;
    this.#movieIds = movieIds;
    this.#userIds = userIds;
    this.writers = writers;
    this.#agent = new Agent({ keepAlive: true });
  }

  /** Finds out what there is to ask for, and opens an account for each writer. */
  static async open(options: LoadOptions): Promise<Load> {
    const agent = new Agent({ keepAlive: true });
    try {
      const { movies, users } = dataOf<{
        movies: { nodes: { movieId: number }[] };
        users: { nodes: { userId: number }[] };
      }>(await ask(agent, options.origin, { query: CATALOGUE }));
      const writers: Written[] = [];
      for (let place = 0; place < options.writers; place++) {
        const email = `writer${place}.${process.pid}.${Date.now()}@example.org`;
        const input = { name: `Writer ${place}`, email, password: PASSWORD };
        const { signUp } = dataOf<{ signUp: { token: string; user: { userId: number } } }>(
          await ask(agent, options.origin, { query: SIGN_UP, variables: { input } }),
        );
        writers.push({
          userId: signUp.user.userId,
          email,
          token: signUp.token,
          issuedAt: Date.now(),
          acknowledged: new Map(),
          uncertain: new Map(),
          numAcknowledged: 0,
        });
      }
      return new Load(
        options,
        movies.nodes.map(({ movieId }) => movieId),
        users.nodes.map(({ userId }) => userId),
        writers,
      );
    } finally {
      agent.destroy();
    }
  }

  /** Begins. */
  start(): void {
    this.#isStopping = false;
    this.#running = Promise.all([
      ...Array.from({ length: this.#options.readers }, (_, place) => this.#read(place)),
      ...this.writers.map((writer, place) => this.#write(writer, place)),
    ]);
  }

  /** Ends when the requests under way have their answers. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#running;
    this.#agent.destroy();
  }

  async #read(place: number): Promise<void> {
    for (let turn = place; !this.#isStopping; turn++) {
      const { what, query } = QUESTIONS[turn % QUESTIONS.length] ?? { what: '', query: '' };
      await this.#ask(what, {
        query,
        variables: query.includes('$userId')
          ? { userId: this.#userIds[(turn * 7) % this.#userIds.length] }
          : { movieId: this.#movieIds[(turn * 7) % this.#movieIds.length] },
      });
      await wait(this.#options.pauseMs);
    }
  }

  async #write(writer: Written, place: number): Promise<void> {
    const random = seededRandom(place + 1);
    // Few movies, so that writers meet on them.
    const movieIds = this.#movieIds.slice(0, 40);
    while (!this.#isStopping) {
      if (Date.now() - writer.issuedAt > RENEW_AFTER_MS) await this.#signIn(writer);
      const movieId = movieIds[Math.floor(random() * movieIds.length)] ?? 0;
      const rating = random() < 0.2 ? null : (1 + Math.floor(random() * 10)) / 2;
      const asked: Asked = await this.#ask(
        rating === null ? 'unrateMovie' : 'rateMovie',
        rating === null
          ? { query: UNRATE, variables: { movieId } }
          : { query: RATE, variables: { movieId, rating } },
        writer.token,
      );
      if (asked.kind === 'ok') {
        writer.acknowledged.set(movieId, rating);
        writer.uncertain.delete(movieId);
        writer.numAcknowledged++;
      } else {
        const uncertain = writer.uncertain.get(movieId) ?? new Set();
        writer.uncertain.set(movieId, uncertain.add(rating));
      }
      await wait(this.#options.pauseMs);
    }
  }

  /** Signs a writer in again. Where that fails, the old token holds for some minutes, and the next request tries again. */
  async #signIn(writer: Written): Promise<void> {
    const input = { email: writer.email, password: PASSWORD };
    const asked = await this.#ask('signIn', { query: SIGN_IN, variables: { input } });
    if (asked.kind !== 'ok') return;
    const { signIn } = dataOf<{ signIn: { token: string } }>(asked);
    writer.token = signIn.token;
    writer.issuedAt = Date.now();
  }

  async #ask(what: string, body: object, token?: string): Promise<Asked> {
    const sentAt = Date.now();
    const startedAt = performance.now();
    const asked = await ask(this.#agent, this.#options.origin, body, token);
    const { kind, messages } = asked;
    this.#options.onAnswer({ what, kind, messages, sentAt, durationMs: performance.now() - startedAt });
    // Where nothing listens answers come at once; so many would tell no more.
    if (kind === 'ECONNREFUSED') await wait(20);
    return asked;
  }
}

/** Answers by kind. */
export function countKinds(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of answers) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function dataOf<T>({ kind, data, messages }: Asked): T {
  if (kind !== 'ok') throw new Error(`the load cannot begin: ${kind}: ${messages.join('; ')}`);
  return data as T;
}
