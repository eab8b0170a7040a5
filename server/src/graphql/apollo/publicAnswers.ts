import type { ApolloServerPlugin } from '@apollo/server';
import {
  getNamedType,
  isAbstractType,
  isInputObjectType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { accessRuleOf, type AccessRule } from '../accessRules.ts';
import type { HttpContext } from './httpContext.ts';

/** The rules of fields that tell everybody the same. */
const PUBLIC_RULES: ReadonlySet<AccessRule | undefined> = new Set<AccessRule>(['everybody', 'asParent']);

/** A user may stop sharing, or be erased, and a link may be taken back: nothing about them stays in caches. */
const PERSONAL_TYPES: ReadonlySet<string> = new Set(['User', 'TasteLink']);

/** Seconds for which what changes by itself may be kept, by field; all else as long as the setting says. */
const MAX_AGES: ReadonlyMap<string, number> = new Map([
  ['Query.model', 5],
  ['Query.training', 1],
]);

/** True for an argument by which a user can be named: the answer is about that user, whatever its type. */
function namesUser({ name, type }: Pick<GraphQLArgument, 'name' | 'type'>): boolean {
  if (/^(other)?user(External)?Id$/i.test(name)) return true;
  const named = getNamedType(type);
  return isInputObjectType(named) && Object.values(named.getFields()).some(namesUser);
}

/** A request by GET, without a preflight, for an operation that was registered. */
export interface PublicRequest {
  /** Seconds for which everybody may keep the answer, if it has no errors; null where nobody may. */
  maxAgeSeconds: number | null;
}

/** Notes of requests without a sign-in whether their answers are everybody's, and how long they may be kept. */
export function publicAnswers(maxAgeSeconds: number): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart({ contextValue: { publicRequest } }) {
      if (!publicRequest) return;
      return {
        async didResolveOperation({ schema, document, operation }) {
          publicRequest.maxAgeSeconds = maxAgeOf(schema, document, operation, maxAgeSeconds);
        },
      };
    },
  };
}

/** True for a type of which an answer may be about a user, as `node` of any id. */
function mayBePersonal(schema: GraphQLSchema, type: GraphQLNamedType): boolean {
  const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  return types.some(({ name }) => PERSONAL_TYPES.has(name));
}

const known = new WeakMap<DocumentNode, Map<OperationDefinitionNode, number | null>>();

/** The same for a document that Apollo Server hands over again is looked up. */
function maxAgeOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
  atMost: number,
): number | null {
  if (!operation) return null;
  const ages = known.get(document) ?? new Map<OperationDefinitionNode, number | null>();
  known.set(document, ages);
  const before = ages.get(operation);
  if (before !== undefined) return before;
  const age = computeMaxAge(schema, document, operation, atMost);
  ages.set(operation, age);
  return age;
}

/**
 * The seconds for which the answer to an operation may be kept by everybody; null where a field of it depends on who asks, or tells of a
 * user. Fragments count whether they are used or not.
 */
export function computeMaxAge(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  atMost: number,
): number | null {
  let seconds: number | null = atMost;
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Field({ name }) {
      const parent = types.getParentType()?.name ?? '';
      const field = `${parent}.${name.value}`;
      const isIntrospection = name.value.startsWith('__') || parent.startsWith('__');
      const type = types.getType();
      const isPersonal =
        PERSONAL_TYPES.has(parent) ||
        (type && mayBePersonal(schema, getNamedType(type))) ||
        types.getFieldDef()?.args.some(namesUser);
      if (isPersonal || !(isIntrospection || PUBLIC_RULES.has(accessRuleOf(parent, name.value))))
        seconds = null;
      else if (seconds !== null) seconds = Math.min(seconds, MAX_AGES.get(field) ?? seconds);
    },
  });
  for (const definition of document.definitions)
    if (definition === operation || definition.kind === Kind.FRAGMENT_DEFINITION) visit(definition, visitor);
  return seconds;
}
