import { readFile } from 'node:fs/promises';
import {
  BreakingChangeType,
  buildSchema,
  DangerousChangeType,
  findBreakingChanges,
  findDangerousChanges,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';
import { z } from 'zod';

const schemaFolder = new URL('../../../schema/', import.meta.url);

/** The SDL of the last release, and what may break since. */
export const RELEASED_FILE = new URL('schema.released.graphql', schemaFolder);
export const ACKNOWLEDGED_FILE = new URL('acknowledged.json', schemaFolder);

const acknowledgements = z.array(
  z.strictObject({
    /** In the words of the check. */
    change: z.string().min(1),
    /** The reason for which it is made all the same. */
    reason: z.string().min(20),
    /** Says of something that goes that nobody was told before. */
    withoutDeprecation: z.boolean().optional(),
  }),
);

/** A change by which operations that worked fail or mean something else, acknowledged by somebody. */
export type Acknowledgement = z.infer<typeof acknowledgements>[number];

/** A change by which operations that worked fail or mean something else. */
export interface BreakingChange {
  /** The change in words, such as `Movie.title was removed.` */
  change: string;
  /** True for something that goes and was marked `@deprecated` in the last release. */
  wasDeprecated: boolean;
}

/** Finds what breaks clients of the released schema. New values of enums and optional arguments do not. */
export function breakingChanges(released: GraphQLSchema, current: GraphQLSchema): BreakingChange[] {
  const dangerous = findDangerousChanges(released, current).filter(
    ({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
  );
  return [...findBreakingChanges(released, current), ...dangerous].map(({ type, description }) => ({
    change: description,
    wasDeprecated: REMOVALS.has(type) && wasDeprecated(released, description),
  }));
}

const REMOVALS: ReadonlySet<string> = new Set([
  BreakingChangeType.FIELD_REMOVED,
  BreakingChangeType.ARG_REMOVED,
  BreakingChangeType.VALUE_REMOVED_FROM_ENUM,
]);

/** Reads out of GraphQL.js' words what goes: `Type.field was removed.`, `Type.field arg name was removed.`, `A was removed from enum type T.` */
function wasDeprecated(schema: GraphQLSchema, description: string): boolean {
  const [, value, enumName = ''] = /^(\w+) was removed from enum type (\w+)/.exec(description) ?? [];
  const enumType = schema.getType(enumName);
  if (value !== undefined && isEnumType(enumType)) return isMarked(enumType.getValue(value));
  const [, typeName = '', fieldName = '', argument] =
    /^(\w+)\.(\w+)(?: arg (\w+))? was removed/.exec(description) ?? [];
  const type = schema.getType(typeName);
  if (isInputObjectType(type)) return isMarked(type.getFields()[fieldName]);
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  const field = type.getFields()[fieldName];
  if (argument === undefined) return isMarked(field);
  return isMarked(field?.args.find(({ name }) => name === argument));
}

function isMarked(part: { deprecationReason?: string | null } | null | undefined): boolean {
  return typeof part?.deprecationReason === 'string';
}

/** The problems that keep a schema from being released, each with what to do; empty where there are none. */
export function problemsOf(
  changes: readonly BreakingChange[],
  acknowledged: readonly Acknowledgement[],
): string[] {
  const known = new Map(acknowledged.map((one) => [one.change, one]));
  const ofChanges = changes.flatMap(({ change, wasDeprecated }) => {
    const one = known.get(change);
    if (!one) return [`breaks clients: ${change} Keep it, or say in schema/acknowledged.json why not.`];
    const isAbrupt = change.includes('was removed') && !wasDeprecated && one.withoutDeprecation !== true;
    return isAbrupt
      ? [
          `goes without having been @deprecated in a release: ${change} Deprecate it first, or set withoutDeprecation.`,
        ]
      : [];
  });
  const made = new Set(changes.map(({ change }) => change));
  const stale = acknowledged.filter(({ change }) => !made.has(change));
  return [
    ...ofChanges,
    ...stale.map(({ change }) => `is acknowledged, but not so: ${change} Remove the entry.`),
  ];
}

/** Compares the SDL with that of the last release. */
export async function schemaProblems(sdl: string): Promise<string[]> {
  const released = buildSchema(await readFile(RELEASED_FILE, 'utf8'));
  const acknowledged = acknowledgements.parse(JSON.parse(await readFile(ACKNOWLEDGED_FILE, 'utf8')));
  return problemsOf(breakingChanges(released, buildSchema(sdl)), acknowledged);
}
