import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '@pocketrocket/schema/database';
import { generateFiles } from '../bench/import/generate.ts';
import { built } from '../lib/processes.ts';
import { until } from '@pocketrocket/testing';
import { startProcess, PATIENCE_MS, type RunningProcess } from '../topology/processes.ts';
import { Topology } from '../topology/topology.ts';
import { haveCommands } from './commands.ts';
import { Load, type Answer } from './load.ts';
import { startMariadb, type OwnMariadb } from './mariadb.ts';
import { contradictionsIn } from './verify.ts';

const SHAPE = { ratings: 1_100_000, users: 8_000, movies: 5_000, seed: 1, sorted: true };

const describeWithMariadb = haveCommands('mariadbd', 'mariadb-install-db') ? describe : describe.skip;

describeWithMariadb('an import into MySQL', () => {
  let mariadb: OwnMariadb;
  let topology: Topology;
  let large: string;
  const answers: Answer[] = [];

  beforeAll(async () => {
    mariadb = await startMariadb();
    topology = await Topology.open({ mysqlUrl: mariadb.url('mysql') });
    await topology.importSample();
    large = generateFiles(topology.home, SHAPE);
  }, 120_000);
  afterAll(async () => {
    await topology?.close();
    await mariadb?.drop();
  });

  /** Reads the rows of the database, and the names of tables that no entity describes. */
  async function state() {
    const database = await openDatabase({ url: topology.databaseUrl });
    try {
      const query = async (sql: string) => database.dataSource.query<Record<string, unknown>[]>(sql);
      const { upQueries } = await database.dataSource.driver.createSchemaBuilder().log();
      return {
        dataset: await query('SELECT name, identity FROM dataset'),
        counts: await query(
          `SELECT (SELECT COUNT(*) FROM rating) AS ratings, (SELECT COUNT(*) FROM user) AS users,
            (SELECT COUNT(*) FROM movie) AS movies, (SELECT COUNT(*) FROM account) AS accounts`,
        ),
        drift: upQueries.map(({ query: sql }) => sql),
        leftovers: await query(
          "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE '%\\_\\_%'",
        ),
      };
    } finally {
      await database.close();
    }
  }

  const begin = () =>
    startProcess(built('seeds', [large, '--replace', '--progress', 'json']), topology.env());

  /** Waits until an import has done so much of a stage. */
  const reached = (importer: RunningProcess, stage: string, least: number) =>
    until(
      `${stage} is under way`,
      async () => {
        if (importer.child.exitCode !== null) throw new Error(`the import ended:\n${importer.output()}`);
        const done = importer
          .output()
          .split('\n')
          .filter((line) => line.startsWith('{"progress"'))
          .map((line) => (JSON.parse(line) as { progress: { stage: string; done: number } }).progress)
          .findLast((progress) => progress.stage === stage)?.done;
        return done !== undefined && done >= least ? true : null;
      },
      PATIENCE_MS,
    );

  it('keeps every rating that people gave while it ran, and refuses none', async () => {
    // The same films, with one rating less.
    const other = join(topology.home, 'other');
    await topology.seed(['convert', 'sample', '--out', other, '--progress', 'none']);
    const ratings = await readFile(join(other, 'ratings.csv'), 'utf8');
    await writeFile(join(other, 'ratings.csv'), ratings.trimEnd().replace(/\n[^\n]*$/, '\n'));

    const server = await topology.startServer({ LOG_LEVEL: 'warn' });
    const load = await Load.open({
      origin: server.origin,
      readers: 2,
      writers: 4,
      pauseMs: 3,
      onAnswer: (answer) => answers.push(answer),
    });
    load.start();
    try {
      const isWritten = () =>
        answers.filter(({ what, kind }) => what === 'rateMovie' && kind === 'ok').length;
      await until('ratings come in', async () => (isWritten() > 20 ? true : null), PATIENCE_MS);
      const output = await topology.seed([other, '--replace', '--progress', 'none']);
      expect(output).toContain('Replaced the data in');
      const before = isWritten();
      await until(
        'ratings go on coming in',
        async () => (isWritten() > before + 20 ? true : null),
        PATIENCE_MS,
      );
    } finally {
      await load.stop();
    }
    // Nothing was trained, so that lists say that they are degraded.
    expect(answers.filter(({ kind }) => kind !== 'ok' && kind !== 'degraded')).toEqual([]);
    expect(await contradictionsIn(topology.databaseUrl, load.writers)).toEqual([]);
    expect(await state()).toMatchObject({ drift: [], leftovers: [] });
  }, 120_000);

  it('that is killed, or whose server is killed, changes nothing; the next goes on where it was and succeeds', async () => {
    const before = await state();
    expect(before).toMatchObject({ drift: [], leftovers: [] });

    // Who has read tables that have foreign keys holds back what comes before the swap: imports are killed before it, however late.
    const reader = await createConnection({ uri: topology.databaseUrl });
    reader.on('error', () => undefined);
    await reader.query('START TRANSACTION');
    await reader.query('SELECT 1 FROM movie_genre, external_ids LIMIT 1');

    const first = begin();
    await reached(first, 'writing ratings', 550_000);
    await first.stop('SIGKILL');
    const afterKill = await state();
    expect(afterKill.dataset).toEqual(before.dataset);
    expect(afterKill.counts).toEqual(before.counts);

    const second = begin();
    await reached(second, 'writing users', 1);
    await mariadb.server.stop('SIGKILL');
    expect(await second.exited).toBe(8);
    reader.destroy();
    expect(second.output()).toMatch(/Resuming after [\d,]+ ratings/);
    await mariadb.server.start();
    const afterCrash = await state();
    expect(afterCrash.dataset).toEqual(before.dataset);
    expect(afterCrash.counts).toEqual(before.counts);
    expect(afterCrash.drift).toEqual([]);

    const output = await topology.seed([large, '--replace', '--progress', 'none']);
    expect(output).toContain('Resuming after 1,100,000 ratings');
    // Accounts outlive the data set.
    const accounts = Number(before.counts[0]?.['accounts']);
    expect(await state()).toEqual({
      dataset: [{ name: expect.stringMatching(/^synthetic-/), identity: expect.any(String) }],
      counts: [
        { ratings: '1100000', users: String(8000 + accounts), movies: '5000', accounts: String(accounts) },
      ],
      drift: [],
      leftovers: [],
    });
  }, 180_000);
});
