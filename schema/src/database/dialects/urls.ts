import { mysqlUrl } from './mysql/url.ts';
import { sqliteUrl } from './sqlite/url.ts';

/** Rules for the URLs of one dialect, and what a process must know of it that opens no database. */
export interface UrlRules {
  readonly name: 'sqlite' | 'mysql';
  /** The scheme with its colon: a URL that begins so is of this dialect. */
  readonly scheme: string;
  /** Its name for people. */
  readonly label: string;
  /** Several servers may use one such database: what signs tokens must then be set to the same value for all. */
  readonly needsSharedSecret: boolean;
  /** For people: what such a URL names, such as `a file`. */
  readonly names: string;
  /** Lists what is wrong with a URL of this scheme, each problem as the end of a sentence; empty where it can be used. */
  problemsOf(url: string): readonly string[];
  /** The file that holds the database; null for a server or for memory. */
  fileOf(url: string): string | null;
  /** Why only one thread of a process can use a database; null where several can. */
  onlyThreadBecause(url: string): string | null;
  /** The URL without its password. */
  describe(url: string): string;
}

export type DialectName = UrlRules['name'];

/** The URLs of every dialect; imports no driver, so that processes without a database can check settings. */
export const URL_RULES: readonly UrlRules[] = [sqliteUrl, mysqlUrl];
