import type { UrlRules } from '../urls.ts';

const SCHEME = 'sqlite:';
const MEMORY = ':memory:';

/** The path in a URL; `:memory:` for a database that ends with its process. */
export function sqlitePath(url: string): string {
  return url.slice(SCHEME.length).replace(/^\/\/(?=\/)/, '');
}

/** The URL of a file. @param file absolute or relative path */
export function sqliteUrlOf(file: string): string {
  return SCHEME + file;
}

export const sqliteUrl = {
  name: 'sqlite',
  scheme: SCHEME,
  names: 'a file',
  problemsOf: () => [],
  fileOf: (url) => (sqlitePath(url) === MEMORY ? null : sqlitePath(url)),
  describe: (url) => url,
} as const satisfies UrlRules;
