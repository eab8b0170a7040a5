import {
  INPUT,
  INVALID,
  query,
  REFUSED,
  repeat,
  UNKNOWN_HASH,
  UNPARSED,
  UNREAD,
  type HostileCase,
  type HostileWorld,
} from './hostileCase.ts';

const TITLE = '{ movie(movieId: 1) { title } }';
const HASH_OF_NOTHING = '0'.repeat(64);

/** Documents that are hard to read, to check or to compile. */
export function documentCases(): HostileCase[] {
  const nested = (count: number, open: string, inner: string) =>
    open.repeat(count) + inner + ' }'.repeat(count);
  const oftype = nested(40, 'ofType { ', 'name');
  return [
    query(
      'one field again and again',
      REFUSED,
      () => `{ movie(movieId: 1) { ${repeat(4_500, () => 'title')} } }`,
    ),
    query(
      'one field with fields again and again',
      REFUSED,
      () => `{ ${repeat(500, () => 'movie(movieId: 1) { title }')} }`,
    ),
    query(
      'more fields than allowed',
      REFUSED,
      () => `{ movie(movieId: 1) { ${repeat(1_600, (at) => `a${at}: title`)} } }`,
    ),
    query(
      'more tokens than allowed',
      [UNPARSED],
      () => `{ movies(filter: { excludeMovieIds: [${repeat(60_000, () => '1')}] }) { totalCount } }`,
    ),
    query(
      'a fragment tree',
      REFUSED,
      () =>
        `{ movie(movieId: 1) { ...F0 } } ${repeat(14, (at) => `fragment F${at} on Movie { ...F${at + 1} genres { name } ...F${at + 1} }`)} fragment F14 on Movie { title }`,
    ),
    query(
      'a fragment tree through fields',
      REFUSED,
      () =>
        `{ movie(movieId: 1) { ...F0 } } ${repeat(6, (at) => `fragment F${at} on Movie { ${repeat(8, (n) => `a${n}: similar(first: 1) { movie { ...F${at + 1} } }`)} }`)} fragment F6 on Movie { title }`,
    ),
    query(
      'fragments by the hundred',
      REFUSED,
      () =>
        `{ movie(movieId: 1) { ${repeat(300, (at) => `...F${at}`)} } } ${repeat(300, (at) => `fragment F${at} on Movie { title }`)}`,
    ),
    query(
      'fragments within themselves',
      REFUSED,
      () => '{ movie(movieId: 1) { ...A } } fragment A on Movie { ...B } fragment B on Movie { ...A }',
    ),
    query(
      'a chain of fragments',
      REFUSED,
      () =>
        `{ movie(movieId: 1) { ...F0 } } ${repeat(400, (at) => `fragment F${at} on Movie { title ...F${at + 1} }`)} fragment F400 on Movie { title }`,
    ),
    query(
      'deep inline fragments',
      REFUSED,
      () => `{ movie(movieId: 1) { ${nested(900, '... on Movie { ', 'title')} } }`,
    ),
    query('deep fields', REFUSED, () =>
      `{ movie(movieId: 1) { ${nested(15, 'genres { movies { nodes { ', 'title')} }} }} `.replaceAll(
        '}} }}',
        '}'.repeat(32),
      ),
    ),
    query(
      'directives repeated',
      REFUSED,
      () => `{ movie(movieId: 1) { title ${repeat(1_000, () => '@skip(if: false)')} } }`,
    ),
    query('operations by the hundred', REFUSED, () => repeat(500, (at) => `query Q${at} { __typename }`)),
    query(
      'variables by the hundred',
      REFUSED,
      () =>
        `query (${repeat(400, (at) => `$v${at}: Int`)}) { ${repeat(400, (at) => `a${at}: movies(first: $v${at}) { totalCount }`)} }`,
    ),
    query('unknown fields by the thousand', REFUSED, () => `{ ${repeat(900, (at) => `moveis${at}`)} }`),
    query(
      'introspection without end',
      [null, INVALID],
      () => `{ __schema { types { fields { type { ${oftype} } } } } }`,
    ),
    query(
      'introspection within introspection',
      REFUSED,
      () =>
        '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }',
    ),
    query(
      'introspection again and again',
      REFUSED,
      () =>
        `{ ${repeat(150, (at) => `a${at}: __schema { types { name description fields { name description args { name description } } } }`)} }`,
    ),
    query('a long comment', [null], () => `# ${'x'.repeat(150_000)}\n${TITLE}`),
    query('brackets without end', [UNPARSED], () => `{ movies(filter: ${'['.repeat(20_000)}`),
    query(
      'nested lists as a literal',
      REFUSED,
      () => `{ movies(filter: { genres: ${'['.repeat(2_000)}${']'.repeat(2_000)} }) { totalCount } }`,
    ),
  ];
}

/** Names, values and bodies that trip code which trusts them. */
export function oddCases({ userIds }: HostileWorld): HostileCase[] {
  const members = [
    'constructor',
    'toString',
    'valueOf',
    'hasOwnProperty',
    'isPrototypeOf',
    '__defineGetter__',
  ];
  const long = 'ä'.repeat(60_000);
  const cursor = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  const [userId = 1] = userIds;
  const after = (name: string, field: string, value: string): HostileCase =>
    query(
      `a cursor ${name}`,
      [INPUT],
      () => `query ($after: String) { ${field} }`,
      () => ({ variables: { after: value } }),
    );
  return [
    ...members.map((name) =>
      query(
        `a variable named ${name}`,
        [null],
        () => `query ($${name}: Int = 1) { movie(movieId: $${name}) { title } }`,
      ),
    ),
    ...members.map((name) =>
      query(
        `a variable named ${name} that is sent`,
        [null],
        () => `query ($${name}: Int!) { movie(movieId: $${name}) { title } }`,
        () => ({ variables: { [name]: 1 } }),
      ),
    ),
    query(
      'a variable named __proto__',
      [INVALID],
      () => 'query ($__proto__: Int = 1) { movie(movieId: $__proto__) { title } }',
    ),
    query(
      'a variable named __proto__ of an object',
      [INVALID],
      () => 'query ($__proto__: MovieFilter) { movies(filter: $__proto__) { totalCount } }',
    ),
    {
      name: 'a sent __proto__',
      codes: [null],
      body: () => `{"query":"{ __typename }","variables":{"__proto__":{"a":1}},"__proto__":{"b":1}}`,
    },
    {
      name: 'a sent __proto__ within an input',
      codes: [INPUT],
      body: () =>
        `{"query":"query ($f: MovieFilter) { movies(filter: $f) { totalCount } }","variables":{"f":{"__proto__":{"yearFrom":1},"constructor":1}}}`,
    },
    query('an alias named __proto__', [null], () => '{ movie(movieId: 1) { __proto__: title } }'),
    query(
      'aliases named as members',
      [null],
      () => `{ movie(movieId: 1) { ${members.map((name) => `${name}: title`).join(' ')} } }`,
    ),
    query(
      'a fragment and an operation named as members',
      [null],
      () => 'query toString { movie(movieId: 1) { ...constructor } } fragment constructor on Movie { title }',
    ),
    query(
      'a fragment named __proto__',
      [null],
      () => 'query __proto__ { movie(movieId: 1) { ...__proto__ } } fragment __proto__ on Movie { title }',
    ),
    query('a field named as a member', [INVALID], () => '{ constructor toString __proto__ }'),
    query(
      'an operation named as a member that is not there',
      ['OPERATION_RESOLUTION_FAILURE'],
      () => 'query A { __typename } query B { __typename }',
      () => ({ operationName: 'constructor' }),
    ),
    query(
      'a persisted query of another hash',
      [INPUT],
      () => TITLE,
      () => ({ extensions: { persistedQuery: { version: 1, sha256Hash: HASH_OF_NOTHING } } }),
    ),
    query(
      'a persisted query of another version',
      [INPUT],
      () => TITLE,
      () => ({ extensions: { persistedQuery: { version: 2, sha256Hash: HASH_OF_NOTHING } } }),
    ),
    query(
      'a persisted query without version and hash',
      [INPUT],
      () => TITLE,
      () => ({ extensions: { persistedQuery: {} } }),
    ),
    query(
      'a persisted query whose hash is a list',
      [INPUT],
      () => TITLE,
      () => ({ extensions: { persistedQuery: { version: 1, sha256Hash: ['x'.repeat(100_000)] } } }),
    ),
    {
      name: 'only an unknown hash',
      codes: [UNKNOWN_HASH],
      body: () =>
        JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: HASH_OF_NOTHING } } }),
    },
    {
      name: 'only a hash that is an object',
      codes: [UNKNOWN_HASH],
      body: () => JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: { a: 1 } } } }),
    },
    {
      name: 'only a very long hash',
      codes: [UNKNOWN_HASH],
      body: () =>
        JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(150_000) } } }),
    },
    query(
      'an unknown genre that is long',
      [INPUT],
      () => 'query ($g: [String!]) { movies(filter: { genres: $g }) { totalCount } }',
      () => ({ variables: { g: [long] } }),
    ),
    query('a literal that is long', [INVALID], () => `{ movie(movieId: "${long}") { title } }`),
    query(
      'a long text for a number',
      [INPUT],
      () => 'query ($n: Int!) { movie(movieId: $n) { title } }',
      () => ({ variables: { n: long } }),
    ),
    query(
      'an object for a number',
      [INPUT],
      () => 'query ($n: Int!) { movie(movieId: $n) { title } }',
      () => ({ variables: { n: { a: Array.from({ length: 3_000 }, () => long.slice(0, 20)) } } }),
    ),
    query(
      'a list of wrong things',
      [INPUT],
      () => 'query ($r: [RatingInput!]!) { recommendFor(ratings: $r) { nodes { score } } }',
      () => ({ variables: { r: Array.from({ length: 9_000 }, () => ({ m: 1 })) } }),
    ),
    query(
      'a long search',
      [INPUT],
      () => 'query ($q: String!) { searchMovies(query: $q) { title } }',
      () => ({ variables: { q: long } }),
    ),
    query(
      'a search of odd characters',
      [null],
      () => 'query ($q: String!) { searchMovies(query: $q) { title } }',
      () => ({ variables: { q: '\u0000\u202e\ud800\ufffd%_\\"\'; --' } }),
    ),
    query(
      'a long id',
      [null],
      () => 'query ($id: ID!) { node(id: $id) { id } }',
      () => ({ variables: { id: long } }),
    ),
    query(
      'an id of a number too large',
      [null],
      () => 'query ($id: ID!) { node(id: $id) { id } }',
      () => ({ variables: { id: Buffer.from('Movie:9'.padEnd(400, '9')).toString('base64url') } }),
    ),
    query(
      'a year beyond all',
      [null, INPUT],
      () =>
        '{ movies(filter: { yearFrom: -2147483648, yearTo: 2147483647, minRatingCount: -5 }) { totalCount } }',
    ),
    query('a first below all', [INPUT], () => '{ movies(first: -2147483648) { totalCount } }'),
    query(
      'a diversity off the scale',
      [INPUT],
      () => '{ recommendFor(ratings: [], diversity: 1e308) { nodes { score } } }',
    ),
    query(
      'a rating of no number',
      [INPUT, INVALID],
      () => 'query ($x: Float!) { recommendFor(ratings: [{ movieId: 1, rating: $x }]) { nodes { score } } }',
      () => ({ variables: { x: 'NaN' } }),
    ),
    after('of another order', 'movies(after: $after) { totalCount }', cursor(['TITLE_ASC', 'a', 1])),
    after(
      'whose key is a text',
      'movies(after: $after) { totalCount }',
      cursor(['WEIGHTED_RATING_DESC', 'zzz', 1]),
    ),
    after(
      'whose key is a number',
      'movies(orderBy: TITLE_ASC, after: $after) { totalCount }',
      cursor(['TITLE_ASC', 5, 1]),
    ),
    after(
      'whose key is null',
      'movies(after: $after) { totalCount }',
      cursor(['WEIGHTED_RATING_DESC', null, 1]),
    ),
    after('that is long', 'movies(after: $after) { totalCount }', 'A'.repeat(150_000)),
    after(
      'of a list that nobody made',
      `user(userId: ${userId}) { recommendations(after: $after) { nodes { score } } }`,
      cursor(['x', 'y', 0]),
    ),
    after('that is nothing', `user(userId: ${userId}) { ratings(after: $after) { totalCount } }`, '\u0000'),
  ];
}

/** Bodies that are no GraphQL request. */
export function bodyCases(): HostileCase[] {
  const anything = [UNREAD, INPUT, null];
  return [
    { name: 'a body of nothing', codes: [UNREAD], body: () => '{}' },
    {
      name: 'a list of requests',
      codes: [UNREAD],
      body: () => JSON.stringify(Array.from({ length: 1_000 }, () => ({ query: TITLE }))),
    },
    { name: 'a body of brackets', codes: [UNREAD], body: () => '['.repeat(90_000) },
    {
      name: 'a variable of brackets',
      codes: anything,
      body: () => `{"query":"{ __typename }","variables":{"a":${'['.repeat(40_000)}${']'.repeat(40_000)}}}`,
    },
    { name: 'a body of text', codes: [UNREAD], body: () => '"query"' },
    { name: 'a query that is a number', codes: [UNREAD], body: () => '{"query":5}' },
    {
      name: 'variables that are a list',
      codes: [UNREAD],
      body: () => '{"query":"{ __typename }","variables":[1]}',
    },
    { name: 'a query of no characters', codes: [UNREAD], body: () => '{"query":""}' },
    {
      name: 'a query of null characters',
      codes: [UNPARSED],
      body: () => JSON.stringify({ query: '\u0000'.repeat(1_000) }),
    },
    {
      name: 'a number beyond all',
      codes: [INPUT],
      body: () => '{"query":"query ($n: Int!) { movie(movieId: $n) { title } }","variables":{"n":1e999}}',
    },
    {
      name: 'a body that is no UTF-8',
      codes: anything,
      body: () =>
        Buffer.concat([
          Buffer.from('{"query":"{ searchMovies(query: \\"'),
          Buffer.from([0xff, 0xfe, 0xc3]),
          Buffer.from('\\") { title } }"}'),
        ]),
    },
  ];
}
