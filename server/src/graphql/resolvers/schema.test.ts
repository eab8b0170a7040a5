import { describe, expect, it } from '@jest/globals';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { buildPrintableSchema } from '../apiSchema.ts';

const schema = await buildPrintableSchema();

describe('the schema', () => {
  it('describes every type, field, argument and enum value', () => {
    const described: [string, string | null | undefined][] = [];
    for (const type of Object.values(schema.getTypeMap())) {
      if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
      described.push([type.name, type.description]);
      if (isEnumType(type))
        for (const value of type.getValues())
          described.push([`${type.name}.${value.name}`, value.description]);
      if (isInputObjectType(type))
        for (const field of Object.values(type.getFields()))
          described.push([`${type.name}.${field.name}`, field.description]);
      if (isObjectType(type) || isInterfaceType(type))
        for (const field of Object.values(type.getFields())) {
          described.push([`${type.name}.${field.name}`, field.description]);
          for (const argument of field.args)
            described.push([`${type.name}.${field.name}(${argument.name})`, argument.description]);
        }
    }
    expect(described.length).toBeGreaterThan(100);
    expect(described.filter(([, description]) => !description).map(([name]) => name)).toEqual([]);
  });
});
