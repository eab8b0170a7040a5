import {
  INPUT,
  INVALID,
  NOT_SIGNED_IN,
  query,
  REFUSED,
  repeat,
  UNKNOWN_HASH,
  UNPARSED,
  UNREAD,
  type HostileCase,
  type HostileWorld,
} from './hostileCase.ts';

const LONG = 'x'.repeat(60_000);
const NAME = 'n'.repeat(5_000);
const TITLE = '{ movie(movieId: 1) { title } }';

/** Documents whose names, texts or shapes are larger than anybody needs. */
export function largeDocumentCases(): HostileCase[] {
  const named = (what: string, source: string) => query(`a long name of ${what}`, REFUSED, () => source);
  return [
    named('an operation', `query ${NAME} { __typename }`),
    named('a variable', `query ($${NAME}: Int = 1) { movie(movieId: $${NAME}) { title } }`),
    named('a fragment', `{ movie(movieId: 1) { ...${NAME} } } fragment ${NAME} on Movie { title }`),
    named('a type', `{ movie(movieId: 1) { ... on ${NAME} { title } } }`),
    named('a directive', `{ __typename @${NAME} }`),
    named('an argument', `{ movie(${NAME}: 1) { title } }`),
    named('an enum value', `{ movies(orderBy: ${NAME}) { totalCount } }`),
    named('a field of an input', `{ movies(filter: { ${NAME}: 1 }) { totalCount } }`),
    query('a number of many digits', REFUSED, () => `{ movie(movieId: ${'9'.repeat(100_000)}) { title } }`),
    query(
      'a fraction of many digits',
      [null, ...REFUSED],
      () => `{ recommendFor(ratings: [], diversity: 0.${'9'.repeat(100_000)}) { nodes { score } } }`,
    ),
    query(
      'a long block string',
      REFUSED,
      () => `{ searchMovies(query: """${'line\n   '.repeat(20_000)}""") { title } }`,
    ),
    query(
      'a text of escapes',
      REFUSED,
      () => `{ searchMovies(query: "${'\\u0061'.repeat(25_000)}") { title } }`,
    ),
    query(
      'commas without end',
      [null, UNPARSED],
      () => `{ movie(movieId: 1)${','.repeat(150_000)} { title } }`,
    ),
    query('spaces without end', [null], () => `{ movie(movieId: 1)${' '.repeat(180_000)}{ title } }`),
    query('lines without end', [INVALID], () => `{ movie(movieId: 1)${'\n'.repeat(90_000)}{ title } }`),
    query('comments without end', [INVALID], () => `{ movie(movieId: 1) ${'#\n'.repeat(40_000)} { title } }`),
    query(
      'many lines before many mistakes',
      REFUSED,
      () => `${'\n'.repeat(80_000)}{ ${repeat(700, (at) => `moveis${at}`)} }`,
    ),
    query('a text that is not closed', [UNPARSED], () => `{ searchMovies(query: "${LONG}`),
    query('a mark that is no token', [UNPARSED], () => `{ movie(movieId: 1) { title ? ${LONG} } }`),
    query(
      'an object within objects',
      REFUSED,
      () => `{ movies(filter: ${'{ genres: '.repeat(2_000)}1${' }'.repeat(2_000)}) { totalCount } }`,
    ),
    query(
      'an unknown type again and again',
      REFUSED,
      () => `query (${repeat(90, (at) => `$v${at}: Moive${at}`)}) { __typename }`,
    ),
    query(
      'types wrapped in lists',
      REFUSED,
      () => `query ($v: ${'['.repeat(2_000)}Int${']'.repeat(2_000)}) { __typename }`,
    ),
    query(
      'fields that do not merge',
      REFUSED,
      () => `{ movie(movieId: 1) { ${repeat(400, (at) => `a: ${at % 2 ? 'title' : 'releaseYear'}`)} } }`,
    ),
    query(
      'fragments that do not merge',
      REFUSED,
      () =>
        `{ movie(movieId: 1) { ${repeat(45, (at) => `...F${at}`)} } } ${repeat(45, (at) => `fragment F${at} on Movie { ${repeat(20, (n) => `a${n}: ${(at + n) % 2 ? 'title' : 'releaseYear'}`)} }`)}`,
    ),
    query(
      'fragments that spread the next ten times',
      REFUSED,
      () =>
        `{ movie(movieId: 1) { ...F0 } } ${repeat(40, (at) => `fragment F${at} on Movie { ${repeat(10, () => `...F${at + 1}`)} }`)} fragment F40 on Movie { title }`,
    ),
    query(
      'fragments that nobody uses',
      REFUSED,
      () => `${TITLE} ${repeat(49, (at) => `fragment F${at} on Movie { title }`)}`,
    ),
    query(
      'a fragment on everything',
      [null, ...REFUSED],
      () =>
        `query ($id: ID!) { node(id: $id) { ${repeat(9, () => '... on Movie { title } ... on User { name } ... on Genre { name }')} } }`,
      () => ({ variables: { id: 'x' } }),
    ),
    query('a subscription', REFUSED, () => 'subscription { movies { title } }'),
    query('a definition of types', REFUSED, () => `type A { b: Int } extend schema @x ${TITLE}`),
    query('type definitions by the thousand', REFUSED, () => repeat(900, (at) => `type A${at} { b: Int }`)),
    query(
      'deferred and streamed',
      REFUSED,
      () => '{ ... @defer { movies { nodes @stream(initialCount: 0) { title } } } }',
    ),
    query(
      'its own name by the thousand',
      REFUSED,
      () => `{ ${repeat(1_100, (at) => `a${at}: __typename`)} }`,
    ),
    query(
      'a type by a long name',
      [null, ...REFUSED],
      () => 'query ($n: String!) { __type(name: $n) { name } }',
      () => ({ variables: { n: LONG } }),
    ),
  ];
}

/** Arguments off every scale. */
export function argumentCases({ movieIds, userIds, genres }: HostileWorld): HostileCase[] {
  const [movieId = 1] = movieIds;
  const [userId = 1] = userIds;
  const searches = (name: string, text: string, count: number): HostileCase =>
    query(
      `searches for ${name}`,
      [null, INPUT],
      () =>
        `query ($q: String!) { ${repeat(count, (at) => `a${at}: searchMovies(query: $q, first: 100) { movieId }`)} }`,
      () => ({ variables: { q: text } }),
    );
  const ofTaste = (name: string, ratings: unknown): HostileCase =>
    query(
      `a taste of ${name}`,
      [null, INPUT],
      () => 'query ($r: [RatingInput!]!) { recommendFor(ratings: $r, first: 5) { nodes { score } } }',
      () => ({ variables: { r: ratings } }),
    );
  const filtered = (name: string, filter: unknown): HostileCase =>
    query(
      `a filter by ${name}`,
      [null, INPUT],
      () =>
        `query ($f: MovieFilter) { movies(filter: $f) { totalCount } user(userId: ${userId}) { recommendations(filter: $f, first: 5) { nodes { score } } } }`,
      () => ({ variables: { f: filter } }),
    );
  return [
    query('a first beyond integers', REFUSED, () => '{ movies(first: 2147483648) { totalCount } }'),
    query('a first of a text', REFUSED, () => '{ movies(first: "5") { totalCount } }'),
    query('a first of null', [null, ...REFUSED], () => '{ movies(first: null) { totalCount } }'),
    query('the same argument twice', REFUSED, () => '{ movies(first: 1, first: 100) { totalCount } }'),
    query(
      'a diversity below all',
      [null, INPUT],
      () => '{ recommendFor(ratings: [], diversity: -0.0) { nodes { score } } }',
    ),
    query(
      'a movie by everything',
      [INPUT],
      () => `{ movie(movieId: ${movieId}, externalId: "1") { title } }`,
    ),
    query(
      'a movie by a long id of a file',
      [null, INPUT],
      () => 'query ($id: String) { movie(externalId: $id) { title } }',
      () => ({ variables: { id: LONG } }),
    ),
    query(
      'nodes by the hundred',
      [null, ...REFUSED],
      () =>
        `{ ${repeat(400, (at) => `a${at}: node(id: "${Buffer.from(`Movie:${at}`).toString('base64url')}") { id }`)} }`,
    ),
    query('a genre of a long name', [null, INPUT], () => `{ genre(name: "${LONG}") { name } }`),
    query(
      'genres by name by the hundred',
      [null, ...REFUSED],
      () =>
        `{ ${repeat(300, (at) => `a${at}: genre(name: "${genres[0] ?? 'Drama'}") { movies(first: 100) { nodes { title } } }`)} }`,
    ),
    searches('a letter', 'a', 80),
    searches('a letter in many words', 'a '.repeat(25), 30),
    searches('words of a thousand letters', `${'ab'.repeat(500)} `.repeat(20), 5),
    searches('letters with many marks', `e${'\u0301'.repeat(20_000)}`, 1),
    searches('ligatures that unfold', '\ufdfa'.repeat(5_000), 1),
    searches('signs of dense scripts', '愛の山川日本語映画'.repeat(300), 1),
    searches('emoji of families', '👨‍👩‍👧‍👦'.repeat(500), 1),
    searches('spaces of all kinds', '\u00a0\u2003\u3000\u200b'.repeat(5_000), 1),
    ofTaste(
      'one movie two thousand times',
      Array.from({ length: 2_000 }, () => ({ movieId, rating: 5 })),
    ),
    ofTaste(
      'movies that nobody has',
      Array.from({ length: 2_000 }, (_, at) => ({ movieId: -at, rating: 5 })),
    ),
    ofTaste('ratings that are none', [{ movieId, rating: 5e-324 }]),
    ofTaste('ratings beyond all', [{ movieId, rating: 1e308 }]),
    ofTaste(
      'dislikes alone',
      movieIds.slice(0, 2_000).map((id) => ({ movieId: id, rating: 0.5 })),
    ),
    filtered('five hundred long genres', {
      genres: Array.from({ length: 500 }, (_, at) => `${at}${'g'.repeat(300)}`),
    }),
    filtered('years the wrong way round', { yearFrom: 2_000, yearTo: 1_900 }),
    filtered('more ratings than there are', { minRatingCount: 2_147_483_647, minAverageRating: 5 }),
    filtered('everything that is excluded', {
      excludeGenres: genres,
      excludeMovieIds: movieIds.slice(0, 500),
    }),
    filtered('nulls', { genres: null, excludeGenres: null, yearFrom: null, minAverageRating: null }),
    filtered('a mean of no number', { minAverageRating: 'Infinity' }),
    query(
      'rows to match of long titles',
      [null, INPUT],
      () => 'query ($rows: [MovieRowInput!]!) { matchMovies(rows: $rows) { score candidates { score } } }',
      () => ({
        variables: {
          rows: Array.from({ length: 400 }, (_, at) => ({
            title: `the ${at} ${'a b '.repeat(80)}`,
            year: at,
          })),
        },
      }),
    ),
    query(
      'more rows to match than allowed',
      [INPUT],
      () => 'query ($rows: [MovieRowInput!]!) { matchMovies(rows: $rows) { score } }',
      () => ({ variables: { rows: Array.from({ length: 900 }, () => ({ title: 'the a of' })) } }),
    ),
    query(
      'a row to match of one long title',
      [null, INPUT],
      () => 'query ($rows: [MovieRowInput!]!) { matchMovies(rows: $rows) { score } }',
      () => ({ variables: { rows: [{ title: LONG, imdbId: LONG, year: -2_147_483_648, tmdbId: -1 }] } }),
    ),
    query(
      'movies by many ids, many times',
      [null, ...REFUSED],
      () =>
        `query ($ids: [Int!], $texts: [String!]) { ${repeat(20, (at) => `a${at}: moviesByIds(${at % 2 ? 'movieIds: $ids' : 'externalIds: $texts'}) { externalId overview }`)} }`,
      () => ({
        variables: {
          ids: Array.from({ length: 500 }, (_, at) => 2_000_000_000 + at),
          texts: Array.from({ length: 500 }, (_, at) => `${LONG.slice(0, 200)}${at}`),
        },
      }),
    ),
    query(
      'movies by more ids than allowed, and by both lists',
      [INPUT],
      () =>
        'query ($ids: [Int!]) { a: moviesByIds(movieIds: $ids) { title } b: moviesByIds(movieIds: [1], externalIds: ["1"]) { title } }',
      () => ({ variables: { ids: Array.from({ length: 9_000 }, (_, at) => at) } }),
    ),
    query(
      'similar movies filtered many times',
      [null, ...REFUSED],
      () =>
        `{ movie(movieId: ${movieId}) { ${repeat(300, (at) => `a${at}: similar(first: 100, filter: { yearFrom: ${at} }) { score }`)} } }`,
    ),
  ];
}

/** Requests of strangers about accounts. */
export function accountCases(): HostileCase[] {
  const input = (name: string, codes: HostileCase['codes'], field: string, type: string, value: unknown) =>
    query(
      name,
      codes,
      () => `mutation ($input: ${type}) { ${field} }`,
      () => ({ variables: { input: value } }),
    );
  const stranger = (name: string, source: string, variables: object = {}): HostileCase =>
    query(
      `a stranger ${name}`,
      [NOT_SIGNED_IN, INPUT],
      () => source,
      () => ({ variables }),
    );
  const long = 'p'.repeat(150_000);
  const signUp = 'signUp(input: $input) { token }';
  const account = { name: 'Somebody', email: 'hostile@example.org', password: 'a long enough password' };
  return [
    input('a long new password', [INPUT], signUp, 'SignUpInput!', { ...account, password: long }),
    input('a long name', [INPUT], signUp, 'SignUpInput!', { ...account, name: long }),
    input('a long address', [INPUT], signUp, 'SignUpInput!', { ...account, email: `${long}@example.org` }),
    input('an address of many dots', [INPUT], signUp, 'SignUpInput!', {
      ...account,
      email: `${'a.'.repeat(50_000)}@${'b.'.repeat(20_000)}org`,
    }),
    input('a name of invisible characters', [INPUT], signUp, 'SignUpInput!', {
      ...account,
      name: '\u202e\u200b\u3164'.repeat(10),
    }),
    input('an address with a line break', [INPUT], signUp, 'SignUpInput!', {
      ...account,
      email: 'a@example.org\r\nbcc: b@example.org',
    }),
    input('a password of lone surrogates', [INPUT], signUp, 'SignUpInput!', {
      ...account,
      password: '\ud800'.repeat(12),
    }),
    input('a long password', [NOT_SIGNED_IN, INPUT], 'signIn(input: $input) { token }', 'SignInInput!', {
      email: account.email,
      password: long,
    }),
    input(
      'a sign-in by a long address',
      [NOT_SIGNED_IN, INPUT],
      'signIn(input: $input) { token }',
      'SignInInput!',
      { email: long, password: 'x' },
    ),
    input(
      'a reset by a long token',
      [INPUT, NOT_SIGNED_IN],
      'resetPassword(input: $input)',
      'ResetPasswordInput!',
      { token: long, newPassword: 'a long enough password' },
    ),
    query(
      'a session by a long token',
      [NOT_SIGNED_IN, INPUT],
      () => 'mutation ($t: String) { refreshSession(refreshToken: $t) { token } }',
      () => ({ variables: { t: long } }),
    ),
    query('a session by no token', [NOT_SIGNED_IN, INPUT], () => 'mutation { refreshSession { token } }'),
    query(
      'sessions by the dozen',
      [NOT_SIGNED_IN, INPUT],
      () => `mutation { ${repeat(40, (at) => `a${at}: refreshSession(refreshToken: "${at}") { token }`)} }`,
    ),
    query(
      'a sign-out by a long token',
      [null, INPUT],
      () => 'mutation ($t: String) { signOut(refreshToken: $t) }',
      () => ({ variables: { t: long } }),
    ),
    query(
      'a confirmation by a long token',
      [INPUT, NOT_SIGNED_IN],
      () => 'mutation ($t: String!) { confirmEmail(token: $t) }',
      () => ({ variables: { t: long } }),
    ),
    query(
      'resets by the dozen',
      [INPUT, null],
      () =>
        `mutation { ${repeat(40, (at) => `a${at}: requestPasswordReset(email: "hostile${at}@example.org")`)} }`,
    ),
    stranger(
      'who wants to see everything that operators see',
      `{ ${repeat(20, (at) => `a${at}: admin { models(first: 100) { version metrics { name } } accounts(first: 100, query: "@") { nodes { email } } coverage { gini } health { isReady } }`)} }`,
    ),
    stranger(
      'who publishes',
      'mutation { publishModel(version: "1") { version } rollbackModel { version } }',
    ),
    stranger(
      'who makes webhooks',
      `mutation ($input: CreateWebhookInput!) { ${repeat(20, (at) => `a${at}: createWebhook(input: $input) { secret }`)} }`,
      { input: { url: `http://127.0.0.1/${'x'.repeat(100_000)}`, events: ['USER_DELETED'] } },
    ),
    stranger('who exports', 'mutation { createExport(kind: USERS, includePrivate: true) { url } }'),
    stranger(
      'changes a password',
      'mutation { changePassword(input: { currentPassword: "a", newPassword: "another long one" }) { token } }',
    ),
    stranger('deletes an account', 'mutation { deleteMyAccount(password: "a long enough password") }'),
    stranger(
      'exports data many times',
      `{ ${repeat(20, (at) => `a${at}: exportMyData { content }`)} }`.replaceAll(
        '{ content }',
        '{ __typename }',
      ),
    ),
    stranger('signs everybody out', 'mutation { signOutEverywhere }'),
    stranger('asks for mails', `mutation { ${repeat(30, (at) => `a${at}: requestEmailConfirmation`)} }`),
    stranger('rates', 'mutation { rateMovie(input: { movieId: 1, rating: 5 }) { rating { rating } } }'),
    stranger(
      'makes an app',
      `mutation { ${repeat(20, (at) => `a${at}: createApp(input: { name: "app ${at}" }) { appId }`)} }`,
    ),
    stranger('deletes an app', 'mutation { deleteApp(appId: "0") }'),
    stranger(
      'makes a key',
      'mutation { createApiKey(input: { appId: "0", name: "x", scopes: [ADMIN] }) { secret } }',
    ),
    stranger('takes over a key', 'mutation { rotateApiKey(keyId: "0") { secret } }'),
    stranger(
      'ends keys',
      `mutation { ${repeat(20, (at) => `a${at}: revokeApiKey(keyId: "${at}") { keyId }`)} }`,
    ),
    stranger(
      'asks for the user of an app',
      `{ ${repeat(40, (at) => `a${at}: user(externalId: "${at}") { externalId }`)} }`,
    ),
    stranger(
      'writes users',
      'mutation ($users: [AppUserInput!]!) { upsertUsers(users: $users) { createdCount } }',
      {
        users: Array.from({ length: 2_000 }, (_, at) => ({ externalId: `user ${at}`, name: 'x'.repeat(50) })),
      },
    ),
    stranger(
      'deletes users',
      'mutation ($ids: [String!]!) { deleteUsers(externalIds: $ids) { deletedCount } }',
      { ids: Array.from({ length: 5_000 }, (_, at) => `user ${at}`) },
    ),
    stranger(
      'sends events',
      'mutation ($events: [EventInput!]!) { recordEvents(events: $events) { storedCount refused { reason } } }',
      {
        events: Array.from({ length: 500 }, (_, at) => ({
          ...{
            eventId: `event ${at}`,
            userExternalId: 'x'.repeat(200),
            kind: 'WATCH',
            movieId: at,
            value: 1e300,
          },
        })),
      },
    ),
    stranger(
      'sends too many events',
      'mutation ($events: [EventInput!]!) { recordEvents(events: $events) { storedCount } }',
      {
        events: Array.from({ length: 1_600 }, (_, at) => ({
          ...{ eventId: `event ${at}`, userExternalId: 'x', kind: 'LIKE', externalId: `film ${at}` },
        })),
      },
    ),
    stranger(
      'rates many',
      'mutation ($r: [RatingInput!]!) { rateMovies(ratings: $r) { ratings { movie { title viewerPrediction } } } }',
      { r: Array.from({ length: 500 }, (_, at) => ({ movieId: at, rating: 5 })) },
    ),
    stranger(
      'rates too many',
      'mutation ($r: [RatingInput!]!) { rateMovies(ratings: $r) { unknownMovieIds } }',
      { r: Array.from({ length: 4_000 }, (_, at) => ({ movieId: at, rating: 5 })) },
    ),
    stranger(
      'dismisses by the dozen',
      `mutation { ${repeat(40, (at) => `a${at}: dismissMovie(movieId: ${at}) { __typename } b${at}: restoreMovie(movieId: ${at}) { __typename }`)} }`,
    ),
    stranger(
      'fills a watchlist',
      `mutation { ${repeat(40, (at) => `a${at}: addToWatchlist(movieId: ${at}) { __typename } b${at}: removeFromWatchlist(movieId: -${at}) { __typename }`)} }`,
    ),
    stranger(
      'takes ratings back',
      `mutation { ${repeat(20, (at) => `a${at}: undoMyImport(importId: "import-${at}") { __typename }`)} }`,
    ),
    stranger(
      'imports ratings',
      'mutation ($rows: [ImportedRatingInput!]!) { importMyRatings(importId: "import-of-nobody", rows: $rows) { __typename } }',
      {
        rows: Array.from({ length: 500 }, (_, at) => ({
          movieId: at,
          rating: 5,
          ratedAt: '2020-01-01T00:00:00Z',
        })),
      },
    ),
    stranger(
      'imports too many ratings',
      'mutation ($rows: [ImportedRatingInput!]!) { importMyRatings(importId: "import-of-nobody", rows: $rows) { __typename } }',
      {
        rows: Array.from({ length: 4_000 }, (_, at) => ({ movieId: at, rating: 5 })),
      },
    ),
    stranger(
      'writes movies as an app',
      'mutation ($movies: [MovieInput!]!) { upsertMovies(movies: $movies) { movies { movieId } } }',
      {
        movies: Array.from({ length: 500 }, (_, at) => ({
          externalId: `x${at}`,
          title: 'x'.repeat(100),
          genres: ['x'],
          overview: 'x'.repeat(100),
        })),
      },
    ),
    stranger(
      'deletes movies as an app',
      'mutation ($externalIds: [String!]!) { deleteMovies(externalIds: $externalIds) { deletedCount } }',
      { externalIds: Array.from({ length: 5_000 }, (_, at) => `x${at}`) },
    ),
    stranger(
      'imports at times that are none',
      'mutation ($rows: [ImportedRatingInput!]!) { importMyRatings(importId: "../../x", rows: $rows) { __typename } }',
      {
        rows: [{ movieId: 1, rating: 5, ratedAt: '9'.repeat(50_000) }],
      },
    ),
  ];
}

/** Bodies that are JSON, and hardly a request. */
export function jsonCases(): HostileCase[] {
  const body = (name: string, codes: HostileCase['codes'], text: () => string): HostileCase => ({
    name,
    codes,
    body: text,
  });
  const persisted = (name: string, codes: HostileCase['codes'], persistedQuery: unknown): HostileCase =>
    query(
      `a persisted query ${name}`,
      codes,
      () => TITLE,
      () => ({ extensions: { persistedQuery } }),
    );
  return [
    body('null', [UNREAD], () => 'null'),
    body('a number', [UNREAD], () => '5'),
    body('JSON that is cut short', [UNREAD], () => '{"query":"{ __typename }"'),
    body('JSON with something behind it', [UNREAD], () => '{"query":"{ __typename }"} {}'),
    body(
      'the same key again and again',
      [null, UNREAD],
      () => `{${'"query":"{ __typename }",'.repeat(5_000)}"query":"{ __typename }"}`,
    ),
    body(
      'keys by the thousand',
      [INPUT],
      () =>
        `{"query":"{ __typename }","variables":{${repeat(9_000, (at) => `"v${at}":${at}`).replaceAll(' ', ',')}}}`,
    ),
    body(
      'keys beside the query',
      [null, UNREAD],
      () => `{"query":"{ __typename }",${repeat(9_000, (at) => `"v${at}":${at}`).replaceAll(' ', ',')}}`,
    ),
    body(
      'a query of lone surrogates',
      [UNPARSED, INVALID, null],
      () => '{"query":"{ a\\ud800\\udc00: __typename \\ud800 }"}',
    ),
    body(
      'an operation name that is an object',
      [UNREAD, INPUT, null],
      () => '{"query":"{ __typename }","operationName":{"a":1}}',
    ),
    body('a long operation name', ['OPERATION_RESOLUTION_FAILURE'], () =>
      JSON.stringify({ query: '{ __typename }', operationName: LONG }),
    ),
    body(
      'extensions that are a list',
      [UNREAD, INPUT, null],
      () => '{"query":"{ __typename }","extensions":[1]}',
    ),
    body(
      'extensions that are deep',
      [null, UNREAD],
      () => `{"query":"{ __typename }","extensions":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}}`,
    ),
    body('variables that are a text', [UNREAD, INPUT, null], () =>
      JSON.stringify({ query: '{ __typename }', variables: '{"a":1}' }),
    ),
    persisted('that is null', [null, INPUT], null),
    persisted('that is a text', [null, INPUT, UNREAD], 'x'),
    persisted('that is a list', [INPUT, UNKNOWN_HASH, null], [1, 2]),
    persisted('of a version that is a text', [INPUT], { version: '1', sha256Hash: '0'.repeat(64) }),
    persisted('of a hash in capitals', [INPUT], { version: 1, sha256Hash: 'A'.repeat(64) }),
  ];
}
