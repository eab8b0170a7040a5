import { createConnection, type Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asUnavailable, openDatabase, type Database } from '@pocketrocket/schema/database';
import { until } from '@pocketrocket/testing';
import { haveCommands } from './commands.ts';
import { startMariadb, type OwnMariadb } from './mariadb.ts';

let mariadb: OwnMariadb;
let admin: Connection;
let database: Database;
const run = haveCommands('mariadbd', 'mariadb-install-db') ? describe : describe.skip;

run('a MariaDB that takes no writes', () => {
  beforeAll(async () => {
    mariadb = await startMariadb();
    admin = await createConnection({ uri: mariadb.url('mysql') });
    await admin.query('CREATE DATABASE movies');
    await admin.query("CREATE USER 'app'@'%' IDENTIFIED BY 'app'");
    await admin.query("GRANT ALL PRIVILEGES ON movies.* TO 'app'@'%'");
    const url = `mysql://app:app@127.0.0.1:${mariadb.port}/movies`;
    database = await openDatabase({ url, statementTimeoutMs: 5_000 });
  }, 60_000);
  afterAll(async () => {
    await database?.close();
    await admin?.end();
    await mariadb?.drop();
  });

  const write = () =>
    database.transaction((manager) =>
      manager.query("INSERT INTO genre (genreId, name, movieCount) VALUES (1, 'Drama', 0)"),
    );
  const connectionIds = async () => {
    const [rows] = await admin.query(
      "SELECT ID AS id FROM information_schema.PROCESSLIST WHERE USER = 'app'",
    );
    return (rows as { id: number }[]).map(({ id }) => id);
  };

  it('as after a failover says so, and its connections are given up', async () => {
    await Promise.all([1, 2, 3].map(() => database.dataSource.query('SELECT SLEEP(0.05)')));
    const before = await connectionIds();
    expect(before.length).toBeGreaterThanOrEqual(3);
    await admin.query('SET GLOBAL read_only = 1');
    const error = await write().catch((thrown: unknown) => asUnavailable(thrown));
    expect(error).toMatchObject({ code: 'WRITES_REFUSED' });
    expect(database.writes.problem()).toMatchObject({ failure: 'readOnly' });
    expect(await database.dataSource.query('SELECT COUNT(*) AS n FROM genre')).toEqual([{ n: '0' }]);
    // The database notices a little later.
    await until(
      'the connections are given up',
      async () => !(await connectionIds()).some((id) => before.includes(id)),
    );
    await admin.query('SET GLOBAL read_only = 0');
    await database.writes.look();
    expect(database.writes.problem()).toBeNull();
  });

  it('from a user who may only read says so', async () => {
    await admin.query("REVOKE ALL PRIVILEGES ON movies.* FROM 'app'@'%'");
    await admin.query("GRANT SELECT ON movies.* TO 'app'@'%'");
    // Privileges count for connections that are made from now on.
    await database.close();
    database = await openDatabase({ url: `mysql://app:app@127.0.0.1:${mariadb.port}/movies` });
    const error = await write().catch((thrown: unknown) => asUnavailable(thrown));
    expect(error).toMatchObject({
      code: 'WRITES_REFUSED',
      message: expect.stringContaining('may only read'),
    });
    expect(database.writes.problem()).toMatchObject({ failure: 'denied' });
  });
});
