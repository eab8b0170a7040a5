import { expect, it } from '@jest/globals';
import { largestVariables, portalOperations } from '@pocketrocket/testing';
import { parse, validate } from 'graphql';
import { buildPrintableSchema } from '../apiSchema.ts';
import { DEFAULT_MAX_COST } from '../apollo/apolloServer.ts';
import { MAX_COMPILED_SELECTIONS } from '../apollo/compiledExecution.ts';
import { USUAL_SIZES } from './dataSizes.ts';
import { documentLimits } from './documentLimits.ts';
import { sizeOf } from './documentSize.ts';
import { estimateCost } from './estimateCost.ts';

const schema = await buildPrintableSchema();
const movieIds = Array.from({ length: 200 }, (_, at) => at + 1);
const operations = portalOperations(largestVariables({ movieIds, genre: 'Drama' }));

/** Dear by design: what checks a password, makes a list for each of a group, or may be asked by operators alone. */
const DEAR =
  /^(Sign|ChangePassword|ResetPassword|DeleteMyAccount|GroupFilms|Comparison|Admin|PublishModel|RollbackModel|DeleteApp)/;

it('finds the operations of the portal', () => {
  expect(operations.length).toBeGreaterThan(15);
});

it.each(operations.map((operation) => [operation.name, operation] as const))(
  '%s costs a fifth of what is allowed at most, and is compiled',
  (name, { query, variables }) => {
    const document = parse(query);
    expect(validate(schema, document, [documentLimits])).toEqual([]);
    expect(sizeOf(document).expandedSelections).toBeLessThanOrEqual(MAX_COMPILED_SELECTIONS);
    const cost = estimateCost({ schema, document, operationName: null, variables, sizes: USUAL_SIZES });
    expect(cost).toBeLessThanOrEqual(DEAR.test(name) ? DEFAULT_MAX_COST : DEFAULT_MAX_COST / 5);
  },
);
