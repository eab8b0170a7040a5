import {
  DATASET_NAMESPACE,
  dialectOf,
  inspectDatabase,
  MIGRATIONS,
  MYSQL_COLLATION,
  type DialectName,
  type Inspection,
} from '@pocketrocket/schema/database';
import { messageOf, type Config } from '@pocketrocket/runtime';
import { about, type Finding } from '../finding.ts';
import { lookAtLeftovers } from './leftovers.ts';
import { damaged, fileUnreachable, lookAtWrites, unreadable } from './writes.ts';

const { ok, warn, fail } = about('database');
const CLOCK_SECONDS = 5;

/** Checks that the database answers, is up to date and has data. */
export async function lookAtDatabase({ databaseUrl }: Config): Promise<Finding[]> {
  let inspection: Inspection | null;
  try {
    inspection = await inspectDatabase({ url: databaseUrl });
  } catch (error) {
    return [CHECKS[dialectOf(databaseUrl).name].unreachable(databaseUrl, error)];
  }
  if (inspection === null)
    return [
      warn(
        'there is no database file yet',
        'npm start makes one, with the sample; npm run seed -- <data set> with other data',
      ),
    ];
  try {
    const findings = await CHECKS[inspection.dialect.name].look(inspection);
    const ofTables = await lookAtTables(inspection);
    findings.push(...ofTables.findings);
    if (ofTables.areThere) findings.push(await lookAtWrites(inspection, databaseUrl));
    return findings;
  } finally {
    await inspection.close();
  }
}

function mysqlUnreachable(url: string, error: unknown): Finding {
  const { host, username, pathname } = new URL(url);
  return fail(
    `MySQL at ${host} cannot be used: ${messageOf(error) || 'no answer'}`,
    `check that it runs, and that ${username || 'the user'} may use the database ${pathname.slice(1)}; DATABASE_URL names both`,
  );
}

async function lookAtFile(inspection: Inspection): Promise<Finding[]> {
  try {
    const rows = await inspection.query<Record<string, string>>('PRAGMA quick_check(1)');
    const [verdict = ''] = Object.values(rows[0] ?? {});
    if (verdict === 'ok') return [ok(`SQLite, ${inspection.engine}, whole`)];
    return [damaged(verdict)];
  } catch (error) {
    return [unreadable(error)];
  }
}

async function lookAtMysql(inspection: Inspection): Promise<Finding[]> {
  const [server] = await inspection.query<{
    version: string;
    localInfile: number;
    seconds: string;
    name: string;
  }>(
    'SELECT VERSION() AS version, @@local_infile AS localInfile, UNIX_TIMESTAMP(NOW(6)) AS seconds, DATABASE() AS name',
  );
  const { version = '', localInfile = 0, seconds = '0' } = server ?? {};
  const findings = [
    isSupported(version)
      ? ok(version)
      : fail(`${version} is too old`, 'use MySQL 8.4 or 9, or MariaDB 10.11 or later'),
  ];
  findings.push(
    Number(localInfile) === 1
      ? ok('LOAD DATA LOCAL is allowed')
      : warn(
          'the server forbids LOAD DATA LOCAL: large imports take several times longer',
          'SET GLOBAL local_infile = 1 while importing',
        ),
  );
  const columns = await inspection.query<{ name: string; collation: string }>(
    `SELECT CONCAT(TABLE_NAME, '.', COLUMN_NAME) AS name, COLLATION_NAME AS collation FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND COLLATION_NAME IS NOT NULL AND TABLE_NAME <> 'migrations' AND COLLATION_NAME <> '${MYSQL_COLLATION}'`,
  );
  if (columns.length > 0)
    findings.push(
      warn(
        `${columns.length} columns do not compare by ${MYSQL_COLLATION}, such as ${columns[0]?.name} (${columns[0]?.collation})`,
        'the next start changes what an earlier release left; what remains was changed by hand',
      ),
    );
  findings.push(...(await lookAtLeftovers(inspection)));
  const drift = Math.abs(Date.now() / 1000 - Number(seconds));
  findings.push(
    drift < CLOCK_SECONDS
      ? about('clock').ok('this machine and MySQL agree')
      : about('clock').warn(
          `this machine and MySQL differ by ${drift.toFixed(0)} s`,
          'synchronize both by NTP: sign-ins expire by the clock',
        ),
  );
  return findings;
}

function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return /mariadb/i.test(version)
    ? major > 10 || (major === 10 && minor >= 11)
    : major > 8 || (major === 8 && minor >= 4);
}

/** The checks of each dialect's own. */
const CHECKS = {
  sqlite: { look: lookAtFile, unreachable: fileUnreachable },
  mysql: { look: lookAtMysql, unreachable: mysqlUnreachable },
} satisfies Record<
  DialectName,
  {
    look: (inspection: Inspection) => Promise<Finding[]>;
    unreachable: (url: string, error: unknown) => Finding;
  }
>;

/** The findings, and whether there are tables of this release. */
async function lookAtTables(inspection: Inspection): Promise<{ findings: Finding[]; areThere: boolean }> {
  let run: string[];
  try {
    run = (await inspection.query<{ name: string }>('SELECT name FROM migrations')).map(({ name }) => name);
  } catch {
    return { findings: [warn('it has no tables yet', 'the first start makes them')], areThere: false };
  }
  const known = MIGRATIONS.map((migration) => new migration().name);
  const unknown = run.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const finding = warn(
      `it was changed by a later release (${unknown.join(', ')}), beside which only servers of the one before it go on`,
      'finish the upgrade to that release, or restore a backup from before: npm run restore -- <file> --replace',
    );
    return { findings: [finding], areThere: false };
  }
  const pending = known.filter((name) => !run.includes(name));
  const findings =
    pending.length > 0
      ? [
          warn(
            `${pending.length} migrations are to be run (${pending.join(', ')})`,
            'the next start runs them; back up before: npm run backup -- --out <file>',
          ),
        ]
      : [ok('its tables are up to date')];
  const [dataset] = await inspection.query<{ name: string; movieCount: number; ratingCount: number }>(
    'SELECT name, movieCount, ratingCount FROM dataset',
  );
  findings.push(
    dataset === undefined
      ? warn('it holds no data yet', 'npm run seed imports the sample, npm run seed -- <data set> other data')
      : ok(`${dataset.name}: ${count(dataset.movieCount)} movies, ${count(dataset.ratingCount)} ratings`),
  );
  if (pending.length === 0) findings.push(...(await lookAtExternalIds(inspection)));
  return { findings, areThere: true };
}

/** Says for how many movies and users a number stands in the place of their id, and whether all of them are there. */
async function lookAtExternalIds(inspection: Inspection): Promise<Finding[]> {
  const found: string[] = [];
  let numLost = 0;
  for (const kind of ['movie', 'user'] as const) {
    const [row] = await inspection.query<{ total: number | string; there: number | string }>(
      `SELECT COUNT(*) AS total, COUNT(named.${kind}Id) AS there FROM ${kind}_external_id one
       LEFT JOIN ${kind} named ON named.${kind}Id = one.${kind}Id WHERE one.namespace = '${DATASET_NAMESPACE}'`,
    );
    const total = Number(row?.total);
    numLost += total - Number(row?.there);
    if (total > 0) found.push(`${count(total)} ${kind}s`);
  }
  if (numLost > 0)
    return [
      warn(
        `${count(numLost)} external ids name a movie or user that is not there`,
        'an earlier release replaced the data set; import it again with this one: npm run seed -- <data set> --replace',
      ),
    ];
  return found.length > 0 ? [ok(`${found.join(' and ')} have numbers in the place of their ids`)] : [];
}

const count = (number: number) => Number(number).toLocaleString('en');
