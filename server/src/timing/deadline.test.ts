import { describe, expect, it } from '@jest/globals';
import { graphql, GraphQLInt, GraphQLList, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { deadlinesOf } from './deadline.ts';
import { withFieldDeadlines } from './fieldDeadlines.ts';
import { Turns } from './turns.ts';

const WORK_MS = 40;
/** Rows that were worked on since a timer came last: counted, for a busy machine may stop this process at any time. */
let sinceTimer = 0;

function work(): number {
  sinceTimer++;
  const until = performance.now() + WORK_MS;
  while (performance.now() < until);
  return 1;
}

const Row = new GraphQLObjectType({
  name: 'Row',
  fields: { worked: { type: GraphQLInt, resolve: work }, there: { type: GraphQLInt } },
});
const schema = withFieldDeadlines(
  new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: {
        rows: {
          type: new GraphQLList(Row),
          resolve: () => Array.from({ length: 100 }, () => ({ there: 1 })),
        },
      },
    }),
  }),
);

describe('the deadline of fields', () => {
  it('holds for work that never waits, and lets the event loop turn meanwhile', async () => {
    await graphql({ schema, source: '{ __typename }' });
    const deadlines = deadlinesOf(1_000);
    let most = 0;
    sinceTimer = 0;
    const timer = setInterval(() => {
      most = Math.max(most, sinceTimer);
      sinceTimer = 0;
    }, 1);
    const { data, errors = [] } = await graphql({
      schema,
      source: '{ rows { worked there } }',
      contextValue: { deadline: deadlines.fields, turns: new Turns() },
    });
    clearInterval(timer);
    most = Math.max(most, sinceTimer);
    deadlines.clear();
    const rows = data?.['rows'] as { worked: number | null; there: number }[];
    const worked = rows.filter((row) => row.worked !== null).length;
    expect(worked).toBeGreaterThan(1);
    expect(worked + errors.length).toBe(100);
    expect(errors[0]?.message).toContain('timed out after 1000 ms');
    // All of it would take four seconds.
    expect(worked).toBeLessThanOrEqual(1_000 / WORK_MS);
    expect(most).toBeLessThan(500 / WORK_MS);
    // What is there is answered.
    expect(rows.every(({ there }) => there === 1)).toBe(true);
  });

  it('is missed by the clock, while timers cannot come', () => {
    const deadlines = deadlinesOf(100);
    const { fields } = deadlines;
    expect(fields.isMissed).toBe(false);
    for (let count = 0; count < 3; count++) work();
    expect(fields.isMissed).toBe(true);
    expect(() => fields.check()).toThrow('timed out after 100 ms');
    deadlines.clear();
  });
});
