import { parseMysqlUrl } from './mysql/mysqlUrl.ts';

/** Lists what is wrong with a database's URL, each problem as the end of a sentence; empty where it can be used. */
export function databaseUrlProblems(url: string): readonly string[] {
  if (!/^(sqlite|mysql):/.test(url)) return ['must start with sqlite: (a file) or mysql: (a server)'];
  const address = url.startsWith('mysql:') ? parseMysqlUrl(url) : [];
  return Array.isArray(address) ? address : [];
}
