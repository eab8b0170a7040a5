import { AppError } from '@pocketrocket/runtime';
import { URL_RULES, type DialectName, type UrlRules } from './dialects/urls.ts';

function rulesFor(url: string): UrlRules | undefined {
  return URL_RULES.find(({ scheme }) => url.startsWith(scheme));
}

/** Lists what is wrong with a database's URL, each problem as the end of a sentence; empty where it can be used. */
export function databaseUrlProblems(url: string): readonly string[] {
  const schemes = URL_RULES.map(({ scheme, names }) => `${scheme} (${names})`);
  return rulesFor(url)?.problemsOf(url) ?? [`must start with ${schemes.join(' or ')}`];
}

/** The name of a URL's dialect; null for a URL of none. */
export function dialectNameOf(url: string): DialectName | null {
  return rulesFor(url)?.name ?? null;
}

/** Facts of a URL's dialect. @throws AppError CONFIG_INVALID for a URL of none */
export function dialectFactsOf(url: string): UrlRules {
  const rules = rulesFor(url);
  if (rules) return rules;
  throw new AppError('CONFIG_INVALID', `DATABASE_URL ${databaseUrlProblems(url).join('; ')}`);
}

/** The file that holds the database; null for a server or for memory. */
export function databaseFileOf(url: string): string | null {
  return rulesFor(url)?.fileOf(url) ?? null;
}

/** The URL without its password. */
export function describeDatabaseUrl(url: string): string {
  return rulesFor(url)?.describe(url) ?? url;
}
