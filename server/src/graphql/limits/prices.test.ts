import { expect, it } from '@jest/globals';
import { getNamedType, getNullableType, isCompositeType, isListType, isObjectType } from 'graphql';
import { buildPrintableSchema } from '../apiSchema.ts';
import { PRICES } from './prices.ts';

const schema = await buildPrintableSchema();

interface WalkedField {
  name: string;
  hasResolver: boolean;
  /** A list of objects whose length no argument of a connection says. */
  isList: boolean;
  takesFirst: boolean;
}

const fields: WalkedField[] = Object.values(schema.getTypeMap()).flatMap((type) =>
  isObjectType(type)
    ? Object.values(type.getFields()).map((field) => ({
        name: `${type.name}.${field.name}`,
        hasResolver: field.resolve !== undefined && !type.name.startsWith('__'),
        isList:
          isListType(getNullableType(field.type)) &&
          isCompositeType(getNamedType(field.type)) &&
          !type.name.endsWith('Connection'),
        takesFirst: field.args.some(({ name }) => name === 'first'),
      }))
    : [],
);

it('declares a price for every field that computes or reads', () => {
  const computing = fields.filter(({ hasResolver }) => hasResolver).map(({ name }) => name);
  expect(computing.length).toBeGreaterThan(25);
  expect(computing.filter((name) => !Object.hasOwn(PRICES, name))).toEqual([]);
});

it('declares how long every list is that takes no first', () => {
  const lists = fields.filter(({ isList, takesFirst }) => isList && !takesFirst).map(({ name }) => name);
  expect(lists.length).toBeGreaterThan(10);
  expect(lists.filter((name) => PRICES[name]?.entries === undefined)).toEqual([]);
});

it('declares no price for what is not there', () => {
  const names = new Set(fields.map(({ name }) => name));
  expect(Object.keys(PRICES).filter((name) => !names.has(name))).toEqual([]);
});
