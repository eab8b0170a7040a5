import { setTimeout } from 'node:timers/promises';
import type { Laboratory } from './laboratory.ts';
import { normalise } from './normalise.ts';
import type { ServerProcess, Settings } from './processes.ts';
import { generator } from './smallData.ts';

const NUM_USERS = 200;
const NUM_VARIED_USERS = 20;
const NUM_TASTES = 20;
const NUM_SIMILAR = 50;
const NUM_RATED = 6;
const PAGE = 100;
const LOAD_TIMEOUT_MS = 120_000;

const MOVIE = 'movieId title releaseYear ratingCount averageRating weightedRating genres { name }';
const PAGE_INFO = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const LIST = `
  edges {
    cursor
    node {
      rank score similarity sources
      movie { movieId title }
      reasons { weight movie { movieId title } }
    }
  }
  ${PAGE_INFO}
  served { ranker degraded degradedReason candidateCount modelVersion }`;

const RECOMMENDATIONS = `query ($userId: Int!, $first: Int!, $after: String, $diversity: Float!, $filter: MovieFilter) {
  user(userId: $userId) {
    recommendations(first: $first, after: $after, diversity: $diversity, filter: $filter) { ${LIST} }
  }
}`;
const RECOMMEND_FOR = `query ($ratings: [RatingInput!]!, $diversity: Float!, $filter: MovieFilter) {
  recommendFor(first: 20, ratings: $ratings, diversity: $diversity, filter: $filter) { ${LIST} }
}`;
const SIMILAR = `query ($movieId: Int!, $filter: MovieFilter) {
  movie(movieId: $movieId) {
    id ${MOVIE} imdbUrl tmdbUrl posterUrl ratingHistogram { rating count }
    fans(first: 3) { userId name }
    similar(first: 20, filter: $filter) { similarity movie { movieId title } }
  }
}`;
const SEARCH =
  'query ($query: String!) { searchMovies(query: $query, first: 20) { movieId title releaseYear } }';
const MOVIES = `query ($first: Int!, $after: String, $orderBy: MovieOrder!, $filter: MovieFilter) {
  movies(first: $first, after: $after, orderBy: $orderBy, filter: $filter) {
    totalCount ${PAGE_INFO} edges { cursor node { ${MOVIE} } }
  }
}`;
const USERS = `query ($first: Int!, $after: String, $orderBy: UserOrder!) {
  users(first: $first, after: $after, orderBy: $orderBy) {
    totalCount ${PAGE_INFO}
    edges { cursor node { id userId name ratingCount averageRating highestRating lowestRating favouriteGenre { name } } }
  }
}`;
const USER = `query ($userId: Int!, $after: String, $orderBy: RatingOrder!) {
  user(userId: $userId) {
    id name ratingCount averageRating
    genreProfile { genre { name } ratingCount averageRating }
    ratings(first: 10, after: $after, orderBy: $orderBy) {
      totalCount ${PAGE_INFO} edges { cursor node { rating ratedAt movie { movieId title viewerRating } } }
    }
  }
}`;
const GENRES = '{ genres { id name movieCount movies(first: 3) { totalCount nodes { movieId } } } }';
const MODEL =
  '{ model { version recipe dataset trainedAt metrics { name value baseline } } viewer { userId } genre(name: "drama") { name movieCount } }';

/** Variables that a question has where no others are given. */
const DEFAULTS = new Map<string, object>([
  [RECOMMENDATIONS, { first: 20, diversity: 0 }],
  [RECOMMEND_FOR, { diversity: 0 }],
  [MOVIES, { first: 20, orderBy: 'WEIGHTED_RATING_DESC' }],
  [USERS, { first: 20, orderBy: 'RATING_COUNT_DESC' }],
  [USER, { orderBy: 'RATED_AT_DESC' }],
]);

const FILTER = { genres: ['Drama', 'Comedy'], yearFrom: 1980, yearTo: 2005, minRatingCount: 10 };
const OTHER_FILTER = { excludeGenres: ['Drama'], excludeMovieIds: [1, 2, 3], yearFrom: 1990 };
/** Asked of each of the first users besides the plain question. */
const VARIATIONS = {
  'diversity 0': { diversity: 0 },
  'diversity 0.3': { diversity: 0.3 },
  'diversity 1': { diversity: 1, first: 5 },
  filter: { filter: FILTER },
  'filter and diversity 0.3': { filter: FILTER, diversity: 0.3 },
  'other filter': { filter: OTHER_FILTER },
};

const MOVIE_LISTS = {
  'by weighted rating': { orderBy: 'WEIGHTED_RATING_DESC' },
  'by number of ratings': { orderBy: 'RATING_COUNT_DESC' },
  'by year': { orderBy: 'RELEASE_YEAR_DESC' },
  'by title': { orderBy: 'TITLE_ASC' },
  'by title, filtered': { orderBy: 'TITLE_ASC', filter: FILTER },
  'other filter': { filter: OTHER_FILTER },
};

const SEARCHES = [
  'matrix',
  'the',
  'star wars',
  'Amelie',
  'godfater',
  'love',
  'toy st',
  'LÉON',
  'night 1968',
  'zzzz',
];

const WRONG_QUESTIONS: Record<string, [query: string, variables?: object]> = {
  'first 0': [RECOMMENDATIONS, { userId: 1, first: 0 }],
  'first 101': [MOVIES, { first: 101 }],
  'diversity 2': [RECOMMENDATIONS, { userId: 1, diversity: 2 }],
  'no cursor': [MOVIES, { after: 'x' }],
  'cursor of a list that does not exist': [RECOMMENDATIONS, { userId: 1, after: 'x' }],
  'unknown user': [RECOMMENDATIONS, { userId: 99_999_999 }],
  'unknown movie': [SIMILAR, { movieId: 99_999_999 }],
  'unknown genre': [RECOMMENDATIONS, { userId: 1, filter: { genres: ['Opera'] } }],
  'years in the wrong order': [RECOMMENDATIONS, { userId: 1, filter: { yearFrom: 2000, yearTo: 1990 } }],
  'rating off the scale': [RECOMMEND_FOR, { ratings: [{ movieId: 1, rating: 7 }] }],
  'unknown movie in a taste': [RECOMMEND_FOR, { ratings: [{ movieId: 99_999_999, rating: 4 }] }],
  'movie twice in a taste': [
    RECOMMEND_FOR,
    {
      ratings: [
        { movieId: 1, rating: 4 },
        { movieId: 1, rating: 5 },
      ],
    },
  ],
  'long search': [SEARCH, { query: 'x'.repeat(201) }],
  'unknown field': ['{ unknown }'],
  'no query': [''],
  'wrong type': [RECOMMENDATIONS, { userId: 'one' }],
  'wrong id': ['{ node(id: "x") { id } }'],
  'too costly': [
    '{ users(first: 100) { nodes { recommendations(first: 100) { nodes { movie { similar(first: 100) { similarity } } } } } } }',
  ],
  'nobody signed in': ['mutation { rateMovie(input: { movieId: 1, rating: 4 }) { rating { rating } } }'],
};

interface Asked {
  status: number;
  body: { data?: unknown; errors?: unknown };
}

/** Asks a server by HTTP; what it answers is normalised. */
export class Client {
  readonly #lab: Laboratory;
  readonly #origin: string;

  constructor(lab: Laboratory, origin: string) {
    this.#lab = lab;
    this.#origin = origin;
  }

  /** The answer as the server gave it, for what is asked next. */
  async raw(query: string, variables: object = {}, token?: string): Promise<Asked> {
    const answer = await fetch(`${this.#origin}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables: { ...DEFAULTS.get(query), ...variables } }),
    });
    return { status: answer.status, body: (await answer.json()) as Asked['body'] };
  }

  /** The data alone where there are no errors, else the whole answer with its status. */
  async ask(query: string, variables: object = {}, token?: string): Promise<unknown> {
    const { status, body } = await this.raw(query, variables, token);
    const answer = body.errors === undefined ? body.data : { status, ...body };
    return JSON.parse(normalise(JSON.stringify(answer ?? null), this.#lab.circumstances)) as unknown;
  }

  /** Any request: status, kind and text. */
  async fetch(
    path: string,
    request: RequestInit = {},
  ): Promise<{ status: number; type: string | null; text?: string }> {
    const answer = await fetch(this.#origin + path, request);
    const text = normalise(await answer.text(), this.#lab.circumstances);
    const type = answer.headers.get('content-type');
    // Pages hold the names of built files; whether there is one says enough.
    return { status: answer.status, type, ...(!type?.startsWith('text/html') && { text }) };
  }
}

/** Runs work on a server of a home, and stops it; its warnings stand beside the answers. */
export async function withServer(
  lab: Laboratory,
  home: string,
  settings: Settings,
  work: (client: Client) => Promise<object>,
): Promise<object> {
  return whileRunning(lab, await lab.startServer(home, settings), work);
}

async function whileRunning(
  lab: Laboratory,
  server: ServerProcess,
  work: (client: Client) => Promise<object>,
): Promise<object> {
  const answers = await work(new Client(lab, server.origin)).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  return { ...answers, process: lab.readOutcome(await server.stop()) };
}

/** Every kind of question to a server with a model, recommendations for many users first. */
export async function recordAnswers(client: Client): Promise<object> {
  const userIds = await listed<number>(
    client,
    USERS,
    { orderBy: 'USER_ID_ASC' },
    'users',
    'userId',
    NUM_USERS,
  );
  const movieIds = await listed<number>(
    client,
    MOVIES,
    { orderBy: 'RATING_COUNT_DESC' },
    'movies',
    'movieId',
    10_000,
  );
  return {
    recommendations: await each(userIds, (userId) => client.ask(RECOMMENDATIONS, { userId })),
    variations: await each(userIds.slice(0, NUM_VARIED_USERS), (userId) =>
      eachOf(VARIATIONS, (variation) => client.ask(RECOMMENDATIONS, { userId, ...variation })),
    ),
    // Asked once more, as what is kept from the first time must not show.
    again: await each(userIds.slice(0, 5), (userId) => client.ask(RECOMMENDATIONS, { userId })),
    secondPages: await each(userIds.slice(0, 5), (userId) =>
      pages(client, RECOMMENDATIONS, { userId, first: 30 }, ['user', 'recommendations']),
    ),
    recommendFor: await each(tastesOf(movieIds), (ratings) => client.ask(RECOMMEND_FOR, { ratings })),
    recommendForFiltered: await each(tastesOf(movieIds).slice(0, 5), (ratings) =>
      client.ask(RECOMMEND_FOR, { ratings, filter: FILTER, diversity: 0.3 }),
    ),
    similar: await each(spread(movieIds, NUM_SIMILAR), (movieId) => client.ask(SIMILAR, { movieId })),
    similarFiltered: await each(spread(movieIds, 10), (movieId) =>
      client.ask(SIMILAR, { movieId, filter: FILTER }),
    ),
    search: await each(SEARCHES, (query) => client.ask(SEARCH, { query })),
    movies: await eachOf(MOVIE_LISTS, (variables) => pages(client, MOVIES, variables, ['movies'])),
    users: await eachOf({ RATING_COUNT_DESC: {}, USER_ID_ASC: {} }, (_, orderBy) =>
      pages(client, USERS, { orderBy }, ['users']),
    ),
    user: await each(userIds.slice(0, 5), (userId) => pages(client, USER, { userId }, ['user', 'ratings'])),
    userByRating: await each(userIds.slice(0, 5), (userId) =>
      client.ask(USER, { userId, orderBy: 'RATING_DESC' }),
    ),
    genres: await client.ask(GENRES),
    model: await client.ask(MODEL),
    wrong: await eachOf(WRONG_QUESTIONS, ([query, variables]) => client.ask(query, variables)),
    http: await recordHttp(client),
    account: await recordAccount(client, movieIds),
  };
}

/** Few questions, for a server whose set-up is what is looked at. */
export async function recordFewAnswers(client: Client): Promise<object> {
  const userIds = await listed<number>(client, USERS, { orderBy: 'USER_ID_ASC' }, 'users', 'userId', 20);
  return {
    recommendations: await each(userIds, (userId) => client.ask(RECOMMENDATIONS, { userId })),
    varied: await each(userIds.slice(0, 3), (userId) =>
      client.ask(RECOMMENDATIONS, { userId, filter: FILTER, diversity: 0.3 }),
    ),
    similar: await client.ask(SIMILAR, { movieId: 50 }),
    model: await client.ask(MODEL),
    readiness: await client.fetch('/readyz'),
  };
}

/** Both servers together: the model server's own answers, and those of a server that ranks by it. */
export async function recordModelServer(lab: Laboratory, home: string): Promise<object> {
  return whileRunning(lab, await lab.startModelServer(home), async (client) => {
    await untilLoaded(client);
    const predict = (body: object | string) =>
      client.fetch('/v1/models/recmodel:predict', {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    return {
      status: await client.fetch('/v1/models/recmodel'),
      version: await client.fetch('/v1/models/recmodel/versions/2'),
      metadata: await client.fetch('/v1/models/recmodel/metadata'),
      absent: await client.fetch('/v1/models/recmodel/versions/9'),
      columns: await predict({ inputs: { userId: [1, 2, 3], movieId: [1, 50, 99_999_999] } }),
      rows: await predict({ instances: [{ userId: 1, movieId: 1 }] }),
      malformed: await predict('{"inputs": [1, 2}'),
      incomplete: await predict({ inputs: { userId: [1] } }),
    };
  });
}

/** Waits until the model server has all versions: it answers with the newest while it loads the others. */
async function untilLoaded(client: Client): Promise<void> {
  for (const deadline = Date.now() + LOAD_TIMEOUT_MS; Date.now() < deadline; await setTimeout(100)) {
    const { text } = await client.fetch('/v1/models/recmodel');
    if (text !== undefined && !/"(START|LOADING)"/.test(text)) return;
  }
}

/** A server that ranks by the model server. */
export async function recordTfServing(lab: Laboratory, home: string): Promise<object> {
  const modelServer = await lab.startModelServer(home);
  try {
    await untilLoaded(new Client(lab, modelServer.origin));
    const settings = { RANKER: 'tf-serving', TF_SERVING_URL: modelServer.origin };
    return await withServer(lab, home, settings, recordFewAnswers);
  } finally {
    await modelServer.stop();
  }
}

async function recordHttp(client: Client): Promise<object> {
  const post = (body: string, type = 'application/json') =>
    client.fetch('/graphql', { method: 'POST', body, headers: { 'content-type': type } });
  return {
    alive: await client.fetch('/healthz'),
    ready: await client.fetch('/readyz'),
    portal: await client.fetch('/'),
    configuration: await client.fetch('/config.js'),
    stepTimes: await client.fetch('/steptimes'),
    absent: await client.fetch('/absent.txt'),
    graphqlByGet: await client.fetch('/graphql'),
    graphqlByDelete: await client.fetch('/graphql', { method: 'DELETE' }),
    bodyNoJson: await post('{'),
    bodyNoObject: await post('1'),
    bodyOfOtherType: await post('{ genres { name } }', 'text/plain'),
    bodyTooLarge: await post(JSON.stringify({ query: ' '.repeat(300_000) })),
  };
}

/** An account's life: signs up, rates, is recommended to, takes a rating back. Comes last, as it changes the data. */
async function recordAccount(client: Client, movieIds: readonly number[]): Promise<object> {
  const credentials = { email: 'ada@example.org', password: 'correct horse battery' };
  const signUp = 'mutation ($input: SignUpInput!) { signUp(input: $input) { token user { userId name } } }';
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { token user { userId name } } }';
  const rate = `mutation ($input: RateMovieInput!) { rateMovie(input: $input) {
    rating { rating } movie { ${MOVIE} ratingHistogram { rating count } } user { ratingCount averageRating } } }`;
  const unrate = `mutation ($input: UnrateMovieInput!) { unrateMovie(input: $input) { movie { ${MOVIE} } user { ratingCount } } }`;
  const viewer = `{ viewer { name ratingCount averageRating favouriteGenre { name } recommendations(first: 10) { ${LIST} } } }`;

  const { body } = await client.raw(signUp, { input: { ...credentials, name: 'Ada' } });
  const { token } = (body.data as { signUp: { token: string } }).signUp;
  return {
    withoutRatings: await client.ask(viewer, {}, token),
    again: await client.ask(signUp, { input: { ...credentials, name: 'Ada' } }),
    shortPassword: await client.ask(signUp, { input: { email: 'b@example.org', password: 'x', name: 'B' } }),
    wrongPassword: await client.ask(signIn, { input: { ...credentials, password: 'wrong password' } }),
    signIn: await client.ask(signIn, { input: credentials }),
    wrongToken: await client.ask(viewer, {}, 'wrong'),
    rate: await each(spread(movieIds.slice(0, 200), NUM_RATED), async (movieId) => {
      const rated = await client.ask(rate, { input: { movieId, rating: (movieId % 9) / 2 + 0.5 } }, token);
      // Ratings of one second are ordered by movie: how many fall into one must not depend on the machine.
      await setTimeout(1_100);
      return rated;
    }),
    rateOffScale: await client.ask(rate, { input: { movieId: movieIds[0], rating: 4.2 } }, token),
    withRatings: await client.ask(viewer, {}, token),
    unrate: await client.ask(unrate, { input: { movieId: movieIds[0] } }, token),
    afterwards: await client.ask(viewer, {}, token),
  };
}

/** Made-up tastes of 0 to 19 movies, of all degrees of popularity. */
function tastesOf(movieIds: readonly number[]): { movieId: number; rating: number }[][] {
  const next = generator(11);
  return Array.from({ length: NUM_TASTES }, (_, length) => {
    const chosen = new Set<number>();
    while (chosen.size < length) {
      // The lower half of the bits of such a generator repeats soon.
      const place = Math.floor((next() / 2 ** 32) ** 3 * movieIds.length);
      chosen.add(movieIds[place] ?? 1);
    }
    return [...chosen].map((movieId) => ({ movieId, rating: (1 + Math.floor((next() / 2 ** 32) * 10)) / 2 }));
  });
}

/** So many of a list, from its first to its last, evenly. */
function spread<T>(list: readonly T[], count: number): T[] {
  const step = Math.max((list.length - 1) / (count - 1), 1);
  return list.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

/** Two pages of a list and the one behind its fifth place. */
async function pages(
  client: Client,
  query: string,
  variables: object,
  path: readonly string[],
): Promise<object> {
  interface Connection {
    edges: { cursor: string }[];
    pageInfo: { endCursor: string | null };
  }
  const { body } = await client.raw(query, variables);
  if (body.errors !== undefined) return { first: await client.ask(query, variables) };
  const list = path.reduce((value: unknown, key) => (value as Record<string, unknown>)[key], body.data);
  const { edges, pageInfo } = list as Connection;
  return {
    first: await client.ask(query, variables),
    second: await client.ask(query, { ...variables, after: pageInfo.endCursor }),
    behindTheFifth: await client.ask(query, { ...variables, after: edges[4]?.cursor }),
  };
}

/** One field of so many entries of a list, page by page. */
async function listed<T>(
  client: Client,
  query: string,
  variables: object,
  list: string,
  field: string,
  count: number,
): Promise<T[]> {
  const found: T[] = [];
  let after: string | null = null;
  do {
    const first = Math.min(PAGE, count - found.length);
    const { body } = await client.raw(query, { ...variables, first, after });
    const { edges, pageInfo } = (body.data as Record<string, Listed<T>>)[list] ?? EMPTY;
    for (const { node } of edges) {
      const value = node[field];
      if (value !== undefined) found.push(value);
    }
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null && found.length < count);
  return found;
}

interface Listed<T> {
  edges: { node: Record<string, T> }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
const EMPTY = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };

/** Asks one after the other; answers by what was asked. */
async function each<Key>(
  keys: readonly Key[],
  ask: (key: Key) => Promise<unknown>,
): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  // The word keeps numbers in this order: members that are plain numbers would be sorted.
  for (const key of keys)
    answers[`of ${typeof key === 'object' ? JSON.stringify(key) : String(key)}`] = await ask(key);
  return answers;
}

async function eachOf<Value>(
  questions: Record<string, Value>,
  ask: (value: Value, name: string) => Promise<unknown>,
): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(questions)) answers[name] = await ask(value, name);
  return answers;
}
