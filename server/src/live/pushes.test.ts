import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { until } from '@pocketrocket/testing';
import { createMemoryBuckets } from '../budgets/memoryBuckets.ts';
import type { Payer } from '../graphql/limits/budgetLimit.ts';
import { createDocumentStore, createQueryStore } from '../graphql/limits/documentStore.ts';
import { prepareSubscription } from './prepare.ts';
import { PushBudget } from './pushBudget.ts';
import { Pushes, type MadeAnswer } from './pushes.ts';
import { PushQueue } from './pushQueue.ts';
import { Signs } from './signs.ts';

const schema = buildSchema('type Query { one: Int } type Subscription { number: Int }');
const prepared = () =>
  prepareSubscription(
    { schema, documents: createDocumentStore(1e6), queries: createQueryStore(1e6) },
    { query: 'subscription { number }' },
  );

async function open(answer: () => MadeAnswer) {
  let ended = 0;
  const source = new Signs(7, () => void ended++);
  const pushes = new Pushes(await prepared(), source, {
    answer: async () => answer(),
    onUnauthenticated: async () => false,
    onEnd: () => undefined,
  });
  return { source, pushes, ended: () => ended };
}

const answered = (number: number, shown: string | null = null): MadeAnswer => {
  const result = { data: { number } };
  return { result, text: JSON.stringify(result), shown, failure: null };
};
const failed = (code: string): MadeAnswer => ({
  result: { data: null, errors: [{ message: code, extensions: { code } }] },
  text: code,
  shown: null,
  failure: code,
});

describe('signs', () => {
  it('come at once, then once for however many marks', async () => {
    const signs = new Signs(7, () => undefined);
    expect(await signs.next()).toEqual({ done: false, value: { userId: 7, isExchange: false } });
    signs.mark('exchange');
    expect((await signs.next()).value).toEqual({ userId: 7, isExchange: true });
    const waiting = signs.next();
    signs.mark('change');
    signs.mark('exchange');
    expect((await waiting).value).toEqual({ userId: 7, isExchange: false });
    const last = signs.next();
    await signs.return();
    expect(await last).toEqual({ done: true, value: undefined });
  });
});

describe('the answers of a subscription', () => {
  it('are sent where they are not as the one before', async () => {
    const answers = [answered(1, 'a'), answered(1, 'b'), answered(2, 'b'), answered(3, 'c')];
    const { source, pushes } = await open(() => {
      source.mark('change');
      return answers.shift() ?? answered(4);
    });
    const numbers = [];
    for (let count = 0; count < 3; count++) numbers.push((await pushes.next()).value?.data?.['number']);
    expect(numbers).toEqual([1, 3, 4]);
    await pushes.return();
  });

  it('end with an error that would come again, and go on after one that may pass', async () => {
    const final = await open(() => failed('FORBIDDEN'));
    expect((await final.pushes.next()).value).toMatchObject({ errors: [{ message: 'FORBIDDEN' }] });
    expect(await final.pushes.next()).toEqual({ done: true, value: undefined });
    expect(final.ended()).toBe(1);

    const answers = [failed('UPSTREAM_UNAVAILABLE'), failed('UPSTREAM_UNAVAILABLE'), answered(5)];
    const passing = await open(() => {
      passing.source.mark('change');
      return answers.shift() ?? answered(6);
    });
    expect((await passing.pushes.next()).value).toMatchObject({ errors: [{}] });
    expect((await passing.pushes.next()).value?.data).toEqual({ number: 5 });
    answers.push(failed('UPSTREAM_UNAVAILABLE'));
    expect((await passing.pushes.next()).value?.data).toEqual({ number: 6 });
    await passing.pushes.return();
  });

  it('wait for nobody who has gone', async () => {
    const { source, pushes, ended } = await open(() => answered(1));
    await pushes.next();
    const waiting = pushes.next();
    await pushes.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    source.mark('change');
    expect(ended()).toBe(1);
  });
});

describe('the queue', () => {
  it('lets changes come before exchanges, which it spreads', async () => {
    const queue = new PushQueue(200);
    const order: string[] = [];
    const work = (name: string) => async () => void order.push(name);
    const begunAt = performance.now();
    const all = Array.from({ length: 20 }, (_, at) =>
      queue.run(true, async () => {
        order.push(`exchange ${at}`);
        const until = performance.now() + 5;
        while (performance.now() < until);
      }),
    );
    await queue.run(false, work('change'));
    expect(order.indexOf('change')).toBeLessThan(3);
    await Promise.all(all);
    expect(order).toHaveLength(21);
    // As long as the work itself, at most.
    expect(performance.now() - begunAt).toBeGreaterThan(100);
    await expect(queue.run(true, () => Promise.reject(new Error('it broke')))).rejects.toThrow('it broke');
    await queue.run(true, work('last'));
    expect(queue.length).toBe(0);
  });
});

describe('the budget of answers', () => {
  it('lets those wait that it does not suffice for, in their order, and charges nothing for who has gone', async () => {
    let nowMs = 0;
    const buckets = createMemoryBuckets(() => nowMs);
    const rules = { burst: 100, perSecond: 1_000 };
    const budget = new PushBudget({
      charge: async (charge) => buckets(charge),
      anonymous: rules,
      account: rules,
    });
    const payer: Payer = { app: async () => null, viewerId: async () => null, address: '192.0.2.1' };
    const paid: number[] = [];
    const pay = (number: number, isWanted = true) =>
      budget.pay(payer, 60, () => isWanted).then((standing) => void (standing && paid.push(number)));
    const all = [pay(1), pay(2), pay(3, false), pay(4)];
    await all[0];
    expect(paid).toEqual([1]);
    nowMs += 30;
    await until('the second has paid', () => paid.length === 2);
    expect(paid).toEqual([1, 2]);
    nowMs += 60;
    await Promise.all(all);
    expect(paid).toEqual([1, 2, 4]);
  });
});
