import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, coerceInputValue, isInputType, Kind, parse, typeFromAST, validate } from 'graphql';
import { EXAMPLES } from './examples.ts';

const schema = buildSchema(readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8'));

const operationOf = (query: string) => {
  const operation = parse(query).definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('an example without an operation');
  return operation;
};

const named = EXAMPLES.map((example) => [operationOf(example.query).name?.value, example] as const);

describe('example queries', () => {
  it('are five, each named for its tab', () => {
    const names = named.map(([name]) => name);
    expect(new Set(names).size).toBe(5);
    expect(names).not.toContain(undefined);
  });

  it.each(named)('%s is valid against the schema, variables too', (_name, { query, variables }) => {
    expect(validate(schema, parse(query))).toEqual([]);
    const declared = operationOf(query).variableDefinitions ?? [];
    expect(
      Object.keys(variables).filter((name) => !declared.some(({ variable }) => variable.name.value === name)),
    ).toEqual([]);
    for (const { variable, type } of declared) {
      const inputType = typeFromAST(schema, type);
      if (!isInputType(inputType)) throw new Error(`${variable.name.value} is of no input type`);
      if (type.kind === Kind.NON_NULL_TYPE || variable.name.value in variables)
        coerceInputValue(variables[variable.name.value], inputType);
    }
  });
});
