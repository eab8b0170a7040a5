import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
  visit,
  type GraphQLNamedType,
} from 'graphql';
import { firstDifference, printApiSdl } from './apiSdl.ts';

const readFileHere = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the SDL of the API', () => {
  it('is committed as it is', async () => {
    expect(
      firstDifference(await printApiSdl(), await readFileHere('../../../schema/schema.graphql')),
    ).toBeNull();
  });

  it('has exactly the names, arguments, defaults and nullability that clients rely on', async () => {
    expect(bareStructure(await printApiSdl())).toBe(
      bareStructure(await readFileHere('../test/contract.graphql')),
    );
  });

  it('describes everything', async () => {
    const schema = buildSchema(await printApiSdl());
    const types = Object.values(schema.getTypeMap()).filter(
      (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
    );
    const described = types.flatMap(partsOf);
    expect(described.length).toBeGreaterThan(150);
    expect(described.filter(({ description }) => !description?.trim()).map(({ name }) => name)).toEqual([]);
  });
});

describe('firstDifference', () => {
  it('points to the first line that differs, on either side', () => {
    expect(firstDifference('a\nb\n', 'a\nb\n')).toBeNull();
    expect(firstDifference('a\nb\n', 'a\nc\n')).toBe('line 2:\n- c\n+ b');
    expect(firstDifference('a\n', 'a\nb\n')).toBe('line 2:\n- b\n+ ');
    expect(firstDifference('a', 'a\nb')).toBe('line 2:\n- b\n+ (end of file)');
  });
});

/** The schema in one order, without descriptions and without pointers to specifications. */
function bareStructure(sdl: string): string {
  const bare = visit(parse(sdl), {
    enter: (node) => {
      if (node.kind === Kind.DIRECTIVE && node.name.value === 'specifiedBy') return null;
      return 'description' in node ? { ...node, description: undefined } : undefined;
    },
  });
  return printSchema(lexicographicSortSchema(buildSchema(print(bare))));
}

interface Described {
  name: string;
  description?: string | null;
}

function partsOf(type: GraphQLNamedType): Described[] {
  const own: Described = { name: type.name, description: type.description };
  const within = ({ name, description }: Described, parent = type.name) => ({
    name: `${parent}.${name}`,
    description,
  });
  if (isEnumType(type)) return [own, ...type.getValues().map((value) => within(value))];
  if (isInputObjectType(type)) return [own, ...Object.values(type.getFields()).map((field) => within(field))];
  if (!isObjectType(type) && !isInterfaceType(type)) return [own];
  return [
    own,
    ...Object.values(type.getFields()).flatMap((field) => [
      within(field),
      ...field.args.map((argument) => within(argument, `${type.name}.${field.name}`)),
    ]),
  ];
}
