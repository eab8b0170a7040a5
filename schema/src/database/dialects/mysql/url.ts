import { z } from 'zod';
import type { UrlRules } from '../urls.ts';

/** Address and connection parameters of a MySQL or MariaDB server: `mysql://user:password@host:port/database?parameters`. */
export interface MysqlAddress {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  parameters: MysqlParameters;
}

const milliseconds = (standard: number) => z.coerce.number().int().min(1).max(86_400_000).default(standard);
const file = z.string().min(1).optional();

const SSL_MODES = ['DISABLED', 'REQUIRED', 'VERIFY_CA', 'VERIFY_IDENTITY'] as const;

const parameters = z
  .strictObject({
    /** Connections that one process may hold. */
    connectionLimit: z.coerce.number().int().min(1).max(1000).default(10),
    /** Until a connection stands. */
    connectTimeoutMs: milliseconds(5_000),
    /** Until a statement gets a connection, one that has to be made included. */
    acquireTimeoutMs: milliseconds(5_000),
    /** Limit of one statement of a server; imports, migrations and training have none. */
    queryTimeoutMs: milliseconds(30_000),
    /** Lets imports use LOAD DATA LOCAL INFILE where the server allows it. */
    localInfile: z.enum(['true', 'false']).default('true'),
    'ssl-mode': z.enum(SSL_MODES, { error: `must be one of ${SSL_MODES.join(', ')}` }).default('DISABLED'),
    'ssl-ca': file,
    'ssl-cert': file,
    'ssl-key': file,
  })
  .refine(
    (given) =>
      given['ssl-mode'] !== 'DISABLED' || !(given['ssl-ca'] ?? given['ssl-cert'] ?? given['ssl-key']),
    { path: ['ssl-mode'], error: 'must be set for ssl-ca, ssl-cert and ssl-key to be used' },
  );

export type MysqlParameters = z.infer<typeof parameters>;

/** Takes a `mysql:` URL apart; returns what is wrong with it instead, as a list for people. */
export function parseMysqlUrl(text: string): MysqlAddress | string[] {
  if (!URL.canParse(text)) return ['is not a URL such as mysql://user:password@host:3306/database'];
  const url = new URL(text);
  const database = decodeURIComponent(url.pathname.slice(1));
  if (url.hostname === '' || database === '')
    return ['must name a host and a database: mysql://user:password@host:3306/database'];
  const parsed = parameters.safeParse(Object.fromEntries(url.searchParams));
  if (!parsed.success)
    return parsed.error.issues.map((issue) =>
      issue.code === 'unrecognized_keys'
        ? `has no parameter ${issue.keys.join(', ')}; those that exist are ${Object.keys(parameters.shape).join(', ')}`
        : `parameter ${issue.path.join('.')}: ${issue.message}`,
    );
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database,
    parameters: parsed.data,
  };
}

export const mysqlUrl = {
  name: 'mysql',
  scheme: 'mysql:',
  label: 'MySQL',
  needsSharedSecret: true,
  names: 'a server',
  problemsOf(url) {
    const address = parseMysqlUrl(url);
    return Array.isArray(address) ? address : [];
  },
  fileOf: () => null,
  onlyThreadBecause: () => null,
  describe: (url) => url.replace(/\/\/[^@/]*@/, '//'),
} as const satisfies UrlRules;
