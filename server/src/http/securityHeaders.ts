import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet, { type HelmetOptions } from 'helmet';
import { wantsPage } from './portal.ts';
import { pathOf } from './requestPath.ts';

export interface SecurityHeadersOptions {
  /** Origin at which people reach the server; null where none is set. With `https:` browsers are told to use nothing else. */
  publicUrl: string | null;
  /** Other origins from which the portal may load posters. */
  imageOrigins: readonly string[];
  /** Digests of the scripts in line of the portal's pages as they are now; none unless given. */
  scripts?: () => readonly string[];
  /** Other origins whose pages the portal may show in frames; none unless given. */
  frameOrigins?: readonly string[];
}

type Kind = 'asset' | 'data' | 'portal' | 'playground';
type Header = readonly [name: string, value: string];

/** Features of browsers that no page here uses, nor anything that it might be made to load. */
const UNUSED_FEATURES = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];
/** Features that pages in frames are given: what plays trailers. */
const FEATURES_OF_FRAMES: readonly string[] = ['autoplay', 'encrypted-media'];

function permissionsPolicy({ frameOrigins = [] }: SecurityHeadersOptions): string {
  const frames = frameOrigins.map((origin) => `"${origin}"`).join(' ');
  return UNUSED_FEATURES.map(
    (feature) => `${feature}=(${FEATURES_OF_FRAMES.includes(feature) ? frames : ''})`,
  ).join(', ');
}

const YEAR_SECONDS = 31_536_000;

/**
 * Sets the headers by which browsers protect the pages, and others from them: made once for each kind of answer.
 * @returns sets those of the answer to a request
 */
export function createSecurityHeaders(
  options: SecurityHeadersOptions,
): (req: IncomingMessage, res: ServerResponse) => void {
  const { scripts = noScripts } = options;
  const portal = remembered((digests) => headersOf(portalDirectives(options, digests), options));
  const headers: Record<Exclude<Kind, 'portal'>, readonly Header[]> = {
    asset: headersOf(ASSET_DIRECTIVES, options).filter(([name]) => ASSET_HEADERS.has(name)),
    data: headersOf({ 'default-src': ["'none'"] }, options),
    playground: headersOf(playgroundDirectives(), options),
  };
  return (req, res) => {
    const kind = kindOf(req);
    const those = kind === 'portal' ? portal(scripts()) : headers[kind];
    for (const [name, value] of those) res.setHeader(name, value);
  };
}

/** A file that a page loads is no page: each header more would come with each of a dozen files, before the first picture. */
const ASSET_HEADERS: ReadonlySet<string> = new Set([
  'content-security-policy',
  'cross-origin-resource-policy',
  'strict-transport-security',
  'x-content-type-options',
]);
/** Of workers, which have the policy of their own file, and of drawings that are opened by themselves. */
const ASSET_DIRECTIVES: Directives = { 'default-src': ["'self'"] };

function kindOf(req: IncomingMessage): Kind {
  const path = pathOf(req);
  if (path.startsWith('/assets/') && !wantsPage(req)) return 'asset';
  switch (path) {
    case '/graphql':
      return wantsPage(req) ? 'playground' : 'data';
    case '/playground':
    case '/playground.html':
      return 'playground';
    case '/schema.graphql':
    case '/healthz':
    case '/readyz':
    case '/steptimes':
      return 'data';
    default:
      return 'portal';
  }
}

/**
 * Prepares the policy of pages that were rendered here: their style sheets stand in them, by digest, and so do the styles of single
 * elements, which React writes as attributes.
 */
export function createPagePolicy(options: SecurityHeadersOptions): (styles: readonly string[]) => string {
  const { scripts = noScripts } = options;
  const policyOf = remembered((digests, styles) => {
    const directives = portalDirectives(options, digests);
    const headers = headersOf(
      {
        ...directives,
        'style-src': [...(directives['style-src'] ?? []), ...styles.map((digest) => `'${digest}'`)],
        'style-src-attr': ["'unsafe-inline'"],
      },
      options,
    );
    return headers.find(([name]) => name === 'content-security-policy')?.[1] ?? '';
  });
  return (styles) => policyOf(scripts(), styles);
}

/** The digests of a page's scripts in line, as policies name them; data are no scripts. */
export function scriptDigests(html: string): string[] {
  return [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `sha256-${hash('sha256', script, 'base64')}`,
  );
}

type Directives = Record<string, readonly string[]>;

const noScripts = (): readonly string[] => [];

/** Makes what depends on lists of digests once for each of them. */
function remembered<T>(
  make: (scripts: readonly string[], styles: readonly string[]) => T,
): (scripts: readonly string[], styles?: readonly string[]) => T {
  const known = new Map<string, T>();
  return (scripts, styles = []) => {
    const key = `${scripts.join(' ')}|${styles.join(' ')}`;
    let made = known.get(key);
    if (made === undefined) known.set(key, (made = make(scripts, styles)));
    return made;
  };
}

/** Nothing in line but the script that comes before the first picture, small fonts and images, which the build puts into style sheets; nothing from elsewhere but posters and what frames may show. */
function portalDirectives(
  { imageOrigins, frameOrigins = [] }: SecurityHeadersOptions,
  scripts: readonly string[],
): Directives {
  return {
    'default-src': ["'none'"],
    'script-src': ["'self'", ...scripts.map((digest) => `'${digest}'`)],
    'style-src': ["'self'"],
    'font-src': ["'self'", 'data:'],
    'img-src': ["'self'", 'data:', ...imageOrigins],
    ...(frameOrigins.length > 0 && { 'frame-src': frameOrigins }),
    'connect-src': ["'self'"],
    'manifest-src': ["'self'"],
    'worker-src': ["'self'"],
    'form-action': ["'self'"],
  };
}

/** GraphiQL's editor, Monaco, writes style elements and works in workers; its scripts come as files. */
function playgroundDirectives(): Directives {
  return {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'worker-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'font-src': ["'self'", 'data:'],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'"],
  };
}

function headersOf(directives: Directives, given: SecurityHeadersOptions): readonly Header[] {
  const { publicUrl } = given;
  const isSecure = publicUrl?.startsWith('https:') ?? false;
  const options: HelmetOptions = {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
        ...directives,
        ...(isSecure && { 'upgrade-insecure-requests': [] }),
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    // Scripts of other origins that CORS lets in do not depend on it; elements such as <img> do.
    crossOriginResourcePolicy: { policy: 'same-origin' },
    // Posters come from hosts that know nothing of this one.
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: isSecure && { maxAge: YEAR_SECONDS, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
    xDownloadOptions: false,
    xXssProtection: false,
    xPoweredBy: false,
  };
  return [...recorded(helmet(options)), ['permissions-policy', permissionsPolicy(given)]];
}

/** The headers that a middleware sets: they do not depend on the request. */
function recorded(middleware: ReturnType<typeof helmet>): Header[] {
  const headers: Header[] = [];
  const recorder = {
    setHeader: (name: string, value: string) => void headers.push([name.toLowerCase(), value]),
    removeHeader: () => undefined,
  };
  let failure: unknown;
  middleware({} as IncomingMessage, recorder as unknown as ServerResponse, (error) => (failure = error));
  if (failure) throw failure as Error;
  return headers;
}
