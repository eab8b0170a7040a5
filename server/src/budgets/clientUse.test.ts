import { describe, expect, it } from '@jest/globals';
import { ClientUse, metered, sumOfClientUse, TOLD_CLIENTS } from './clientUse.ts';

describe('the use of budgets', () => {
  it('is told of those who used most, for ten to twenty minutes', () => {
    let now = 1_000_000;
    const use = new ClientUse(() => now);
    use.note('account:1', 100, false);
    use.note('account:1', 50, false);
    use.note('address:192.0.2.1', 0, true);
    expect(use.report()).toEqual({
      sinceMs: 1_000_000,
      refusedCount: 1,
      clients: [
        { key: 'account:1', units: 150, refused: 0 },
        { key: 'address:192.0.2.1', units: 0, refused: 1 },
      ],
    });
    now += 600_000;
    use.note('account:1', 1, false);
    expect(use.report()).toMatchObject({ sinceMs: 1_000_000, clients: [{ units: 151 }, {}] });
    now += 600_000;
    expect(use.report()).toEqual({
      sinceMs: 1_600_000,
      refusedCount: 1,
      clients: [{ key: 'account:1', units: 1, refused: 0 }],
    });
    now += 5_000_000;
    expect(use.report()).toEqual({ sinceMs: now, refusedCount: 1, clients: [] });
  });

  it('stays bounded where strangers make up clients, and keeps those who use much', () => {
    const use = new ClientUse();
    use.note('account:7', 1_000_000, false);
    for (let at = 0; at < 100_000; at++) use.note(`address:${at}`, 20, false);
    const { clients } = use.report();
    expect(clients).toHaveLength(TOLD_CLIENTS);
    expect(clients[0]).toEqual({ key: 'account:7', units: 1_000_000, refused: 0 });
  });

  it('adds up threads', () => {
    const client = (units: number) => ({ key: 'account:1', units, refused: 1 });
    const reports = [
      { sinceMs: 20, refusedCount: 1, clients: [client(1)] },
      { sinceMs: 10, refusedCount: 2, clients: [client(2)] },
    ];
    expect(sumOfClientUse(reports, 99)).toEqual({
      sinceMs: 10,
      refusedCount: 3,
      clients: [{ key: 'account:1', units: 3, refused: 2 }],
    });
    expect(sumOfClientUse([], 99)).toEqual({ sinceMs: 99, refusedCount: 0, clients: [] });
  });

  it('counts what is charged, refusals and work that was done already', async () => {
    const use = new ClientUse();
    const rules = { burst: 10, perSecond: 1 };
    const charge = metered(async ({ units }) => ({ isAllowed: units < 10, remaining: 0 }), use);
    await charge({ key: 'a', units: 5, rules });
    await charge({ key: 'a', units: 20, rules });
    await charge({ key: 'a', units: 0, rules, isDone: true });
    expect(use.report().clients).toEqual([{ key: 'a', units: 5, refused: 1 }]);
  });
});
