import { dialectFactsOf } from '../databaseUrl.ts';
import type { Dialect } from './dialect.ts';
import { mysql } from './mysql/index.ts';
import { sqlite } from './sqlite/index.ts';
import type { DialectName } from './urls.ts';

const BY_NAME: Readonly<Record<DialectName, Dialect>> = { sqlite, mysql };

/** Every kind of database. */
export const DIALECTS: readonly Dialect[] = Object.values(BY_NAME);

/** The dialect of a URL. @throws AppError CONFIG_INVALID for a URL of none */
export const dialectOf = (url: string): Dialect => BY_NAME[dialectFactsOf(url).name];
