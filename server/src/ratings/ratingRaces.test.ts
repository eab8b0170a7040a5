import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seededRandom } from '@pocketrocket/engine';
import {
  AccountEntity,
  FIRST_ACCOUNT_USER_ID,
  openDatabase,
  RatingEntity,
  recomputeAggregates,
  toHistogramColumns,
  UserEntity,
  type Database,
} from '@pocketrocket/schema/database';
import { canTestOn, makeTestRoom, until, type TestRoom } from '@pocketrocket/testing';
import { writeInTransaction } from '../database/retry.ts';
import { eraseUser } from '../privacy/eraseUser.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';
import { writeRating, writeRatings } from './ratingWrites.ts';

const SLOW_MS = 120_000;
const USERS = [1, 2, 3, 4].map((place) => FIRST_ACCOUNT_USER_ID + place);
/** Few, so that most writes meet another. */
const MOVIES = [11, 12, 13, 14, 15, 16];
const WRITERS_OF_CLIENT = 4;
const WRITES_OF_WRITER = 40;

/** Two clients with connections of their own, as two servers have. */
for (const engine of ['mysql', 'mariadb'] as const) {
  const suite = canTestOn(engine) ? describe : describe.skip;
  suite(`two clients that rate at once on ${engine}`, () => {
    let room: TestRoom;
    let clients: Database[] = [];
    beforeAll(async () => {
      room = await makeTestRoom(engine);
      clients = [await openDatabase(room.options), await openDatabase(room.options)];
      await fillDatabase(first(), makeFixture());
      // Its means are damped towards another one than the data set's.
      await recomputeAggregates(first(), true);
      for (const userId of USERS) {
        const name = String(userId);
        const account = { passwordHash: '', createdAtSeconds: 0, emailConfirmedAtSeconds: null };
        await first().dataSource.manager.insert(AccountEntity, {
          ...{ userId, accountId: name.padEnd(22, '0'), email: `${name}@example.org`, ...account },
          ...{ role: 'user', sharesRatings: 0 },
        });
        await first().dataSource.manager.insert(UserEntity, {
          ...{ userId, name, ratingCount: 0, histogram: toHistogramColumns([]) },
        });
      }
    }, SLOW_MS);
    afterAll(async () => {
      for (const client of clients) await client.close();
      await room?.drop();
    });

    const first = (): Database => {
      const [client] = clients;
      if (!client) throw new Error('there is no client');
      return client;
    };

    const differences = async () =>
      (await recomputeAggregates(first(), false)).filter(({ numDifferent }) => numDifferent > 0);

    /** Rates, takes back and rates several, as the seed has it. */
    async function write(client: Database, seed: number): Promise<void> {
      const random = seededRandom(seed);
      const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
      const halfStars = () => 1 + Math.floor(random() * 10);
      for (let count = 0; count < WRITES_OF_WRITER; count++) {
        const userId = one(USERS);
        const kind = random();
        if (kind < 0.25) {
          // In any order, as a client sends them.
          const several = new Map([0, 0, 0].map(() => [one(MOVIES), halfStars()]));
          await writeInTransaction(client, NO_DEADLINE, (manager) =>
            writeRatings(manager, { userId, halfStars: several, nowSeconds: count }),
          );
          continue;
        }
        const change = { userId, movieId: one(MOVIES), halfStars: kind < 0.5 ? null : halfStars() };
        await writeInTransaction(client, NO_DEADLINE, (manager) =>
          writeRating(manager, { ...change, atSeconds: count }),
        );
      }
    }

    it(
      'leave every count and mean as a recount gives it',
      async () => {
        const writers = clients.flatMap((client, place) =>
          Array.from({ length: WRITERS_OF_CLIENT }, (_, writer) => write(client, 10 * place + writer)),
        );
        await Promise.all(writers);
        expect(
          await first().dataSource.getRepository(RatingEntity).countBy({ userId: USERS[0] }),
        ).toBeGreaterThan(0);
        expect(await differences()).toEqual([]);
      },
      SLOW_MS,
    );

    it(
      'leave them so while accounts go whose ratings count',
      async () => {
        const [goes = 0, alsoGoes = 0] = USERS;
        await Promise.all([
          ...clients.map((client, place) => write(client, 100 + place)),
          ...[goes, alsoGoes].map((userId, place) =>
            eraseUser(clients[place] ?? first(), userId, NO_DEADLINE),
          ),
        ]);
        for (const userId of [goes, alsoGoes])
          expect(await first().dataSource.getRepository(RatingEntity).countBy({ userId })).toBe(0);
        expect(await differences()).toEqual([]);
      },
      SLOW_MS,
    );

    it(
      'try again where the database gives way to another transaction',
      async () => {
        const [, other] = clients;
        const userId = USERS[2] ?? 0;
        const [movieId = 0] = MOVIES;
        let tries = 0;
        let rated: Promise<unknown> = Promise.resolve();
        const undone = new Error('undone');
        // In the order that nobody else locks, and with so many rows changed that the rating is the one to give way.
        const against = other?.transaction(async (manager) => {
          await manager.query("UPDATE movie SET posterUrl = 'x'");
          rated = writeInTransaction(first(), NO_DEADLINE, (mine) => {
            tries++;
            return writeRating(mine, { userId, movieId, halfStars: 9, atSeconds: 10 * WRITES_OF_WRITER });
          });
          await until('the rating waits for the movie', async () => (await waiting(first().dataSource)) > 0);
          await manager.query('UPDATE user SET ratingCount = ratingCount WHERE userId = ?', [userId]);
          throw undone;
        });
        await expect(against).rejects.toBe(undone);
        expect(await rated).toMatchObject({ status: 'written', halfStars: 9 });
        expect(tries).toBeGreaterThan(1);
        expect(await differences()).toEqual([]);
      },
      SLOW_MS,
    );
  });
}

/** Number of statements under way that lock a movie of this database. */
async function waiting(dataSource: Database['dataSource']): Promise<number> {
  const [row] = await dataSource.query<{ number: number | string }[]>(
    `SELECT COUNT(*) AS number FROM information_schema.processlist
     WHERE db = DATABASE() AND info LIKE 'UPDATE movie SET ratingCount = %'`,
  );
  return Number(row?.number ?? 0);
}
