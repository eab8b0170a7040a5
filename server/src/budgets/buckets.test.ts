import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RedisLink } from '@pocketrocket/model/redis';
import { ownModelName, TEST_REDIS_URL } from '@pocketrocket/testing';
import { silentLogger } from '../test/api.ts';
import { msUntil, REFUSAL_UNITS, type Balance, type BucketRules, type ChargeBucket } from './bucket.ts';
import { createMemoryBuckets } from './memoryBuckets.ts';
import { createRedisBuckets } from './redisBuckets.ts';

const RULES: BucketRules = { burst: 1_000, perSecond: 100 };
/** Makes amounts count alone, and not the time that charges take. */
const HARDLY_FILLING: BucketRules = { burst: 1_000, perSecond: 0.001 };

interface Made {
  charge: ChargeBucket;
  /** Lets time go by. */
  pass: (ms: number) => Promise<void>;
  /** Milliseconds by the buckets' clock. */
  nowMs: () => number;
}

/** The contract of buckets. */
function testBuckets(make: () => Made): void {
  let next = 0;
  const client = (charge: ChargeBucket, rules = RULES) => {
    const key = `address:192.0.2.${++next}`;
    return (units: number, isDone = false) => charge({ key, units, rules, isDone });
  };
  /** Checks balances at a time: by a clock that goes on meanwhile, there is a little more. */
  const checking = ({ pass, nowMs }: Made) => {
    let expectedMs = nowMs();
    return {
      about: (balance: Balance, isAllowed: boolean, remaining: number) => {
        expect(balance.isAllowed).toBe(isAllowed);
        expect(balance.remaining).toBeGreaterThanOrEqual(remaining - 0.001);
        const more = ((nowMs() - expectedMs) * RULES.perSecond) / 1000;
        expect(balance.remaining).toBeLessThan(remaining + more + 1);
      },
      pass: (ms: number) => {
        expectedMs += ms;
        return pass(ms);
      },
    };
  };

  it('charge from a full bucket, and refuse what it lacks for a small charge', async () => {
    const made = make();
    const { charge } = made;
    const { about } = checking(made);
    const pay = client(charge, HARDLY_FILLING);
    about(await pay(600), true, 400);
    about(await pay(401 + 40), false, 400 - REFUSAL_UNITS);
    about(await pay(370), true, 10);
    about(await pay(500), false, 0);
    about(await pay(0), true, 0);
    // Others have theirs.
    about(await client(charge)(1), true, 999);
  });

  it('owe work that is done, up to a quarter of the burst, and refuse until it is paid', async () => {
    const made = make();
    const { charge } = made;
    const { about, pass } = checking(made);
    const owe = client(charge, HARDLY_FILLING);
    about(await owe(990), true, 10);
    about(await owe(60, true), true, -50);
    about(await owe(1), false, -50);
    const pay = client(charge);
    about(await pay(1_050, true), true, -50);
    await pass(1_000);
    about(await pay(1), true, 49);
    about(await pay(5_000, true), true, -250);
  });

  it('fill again, up to the burst', async () => {
    const made = make();
    const { charge } = made;
    const { about, pass } = checking(made);
    const pay = client(charge);
    await pay(1_000);
    await pass(500);
    about(await pay(0), true, 50);
    const other = client(charge);
    await other(5);
    await pass(500);
    about(await other(0), true, 1_000);
  });
}

describe('buckets in memory', () => {
  let nowMs = 0;
  testBuckets(() => {
    const buckets = createMemoryBuckets(() => nowMs);
    return {
      charge: async (charge) => buckets(charge),
      async pass(ms) {
        nowMs += ms;
      },
      nowMs: () => nowMs,
    };
  });

  it('say how long units take to come', () => {
    expect(msUntil(500, { isAllowed: false, remaining: 380 }, RULES)).toBe(1_200);
    expect(msUntil(100, { isAllowed: true, remaining: 380 }, RULES)).toBe(0);
  });
});

(TEST_REDIS_URL ? describe : describe.skip)('buckets in Redis', () => {
  const links: RedisLink[] = [];
  const never: ChargeBucket = () => Promise.reject(new Error('Redis is there'));
  const prefix = `pocketrocket:${ownModelName()}:budget`;
  beforeAll(async () => {
    for (const name of ['one', 'two']) {
      const link = new RedisLink({ url: TEST_REDIS_URL ?? '', name, logger: silentLogger });
      links.push(link);
      await link.connected();
    }
  });
  afterAll(() => {
    for (const link of links) link.close();
  });
  const bucketsOf = (server: number, insurance = never) => {
    const link = links[server];
    if (!link) throw new Error('not connected');
    return createRedisBuckets(link, prefix, insurance, 10_000);
  };

  testBuckets(() => ({
    charge: bucketsOf(0),
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    nowMs: () => performance.now(),
  }));

  it('charge together with another server, whatever comes at once', async () => {
    const servers = [bucketsOf(0), bucketsOf(1)];
    const charges = Array.from({ length: 30 }, () =>
      servers.map((charge) => charge({ key: 'account:1', units: 50, rules: HARDLY_FILLING })),
    ).flat();
    const balances = await Promise.all(charges);
    expect(balances.filter((balance) => balance.isAllowed)).toHaveLength(20);
  });

  it('are left to this process while Redis does not answer', async () => {
    const link = new RedisLink({ url: 'redis://127.0.0.1:1', name: 'away', logger: silentLogger });
    const memory = createMemoryBuckets();
    const charge = createRedisBuckets(link, prefix, async (one) => memory(one));
    const one = { key: 'account:2', units: 600, rules: RULES };
    expect((await charge(one)).isAllowed).toBe(true);
    expect((await charge(one)).isAllowed).toBe(false);
    link.close();
  });
});
