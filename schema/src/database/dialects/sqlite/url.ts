import type { UrlRules } from '../urls.ts';
import { nativeSqliteProblem } from './nativeDriver.ts';

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
  label: 'SQLite',
  needsSharedSecret: false,
  names: 'a file',
  problemsOf: () => [],
  fileOf: (url) => (sqlitePath(url) === MEMORY ? null : sqlitePath(url)),
  onlyThreadBecause(url) {
    if (sqlitePath(url) === MEMORY) return 'the database is in memory';
    const problem = nativeSqliteProblem();
    return problem && `SQLite in WebAssembly serves from one thread (${problem})`;
  },
  describe: (url) => url,
} as const satisfies UrlRules;
