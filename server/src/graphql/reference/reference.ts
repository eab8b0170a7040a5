import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql';
import { accessRuleOf, type AccessRule } from '../accessRules.ts';
import { USUAL_SIZES } from '../limits/dataSizes.ts';
import { priceOf, priceWith, PRICES } from '../limits/prices.ts';

/** The rules of access as the reference words them; of `asParent` nothing is said. */
const WHO: Record<AccessRule, string | null> = {
  adminOrApp: 'administrators, and the app whose user it is',
  'scope read': 'an API key with the scope read',
  'scope recommend': 'an API key with the scope recommend',
  'scope write:events': 'an API key with the scope write:events',
  'scope write:catalogue': 'an API key with the scope write:catalogue',
  'scope admin': 'an API key with the scope admin',
  everybody: 'everybody',
  asParent: null,
  proven: 'whoever has the secret that it takes',
  viewer: 'about whoever asks; null without a sign-in',
  signedIn: 'whoever is signed in',
  admin: 'administrators, signed in or with an API key of the scope admin',
  owner: 'the user alone; null for everybody else',
  ownerOrApp: 'the user, and the app whose user it is, with the scope read; null for everybody else',
  shared: "everybody where the user shares the ratings, else the user alone; of an app's user the app's keys",
};

type Field = GraphQLField<unknown, unknown>;

/** The reference of a schema in Markdown: every type with its fields, arguments, rules and prices. */
export function referenceOf(schema: GraphQLSchema): string {
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const composite = types.filter(
    (type): type is GraphQLObjectType =>
      isInterfaceType(type) || (isObjectType(type) && !roots.includes(type)),
  );
  const sections = [
    ...roots.map((root) => root && rootSection(root)),
    section('Types', composite.map(objectPart)),
    section('Inputs', types.filter(isInputObjectType).map(inputPart)),
    section('Enums', types.filter(isEnumType).map(enumPart)),
    section('Scalars', types.filter(isScalarType).map(scalarPart)),
  ];
  return sections.filter(Boolean).join('\n');
}

const PLURAL: Readonly<Record<string, string>> = {
  Query: 'Queries',
  Mutation: 'Mutations',
  Subscription: 'Subscriptions',
};

function section(title: string, parts: readonly string[]): string {
  return parts.length === 0 ? '' : `### ${title}\n\n${parts.join('\n')}`;
}

function rootSection(root: GraphQLObjectType): string {
  return section(
    PLURAL[root.name] ?? root.name,
    Object.values(root.getFields()).map((field) => rootPart(root.name, field)),
  );
}

function rootPart(root: string, field: Field): string {
  const { name, args, type, description, deprecationReason } = field;
  const given = args.map((argument) => `${argument.name}: ${String(argument.type)}${defaultOf(argument)}`);
  const facts = [whoMayRead(root, name), priceInWords(root, field)].filter(Boolean).join(' ');
  const rows = args.map((argument) => [
    code(argument.name),
    typeLink(argument.type),
    withDeprecation(argument),
  ]);
  return [
    `#### ${root}.${name}`,
    code(`${name}${given.length > 0 ? `(${given.join(', ')})` : ''}: ${String(type)}`),
    text(description),
    deprecation(deprecationReason),
    `Answers ${typeLink(type)}. ${facts}`,
    rows.length > 0 ? table(['argument', 'type', 'meaning'], rows) : '',
  ]
    .filter(Boolean)
    .map((part) => `${part}\n`)
    .join('\n');
}

function objectPart(type: GraphQLObjectType): string {
  const rows = Object.values(type.getFields()).map((field) => [
    code(signature(field)),
    typeLink(field.type),
    [withDeprecation(field), whoMayRead(type.name, field.name, true), priceInWords(type.name, field)]
      .filter(Boolean)
      .join(' '),
  ]);
  const implemented = type.getInterfaces().map(({ name }) => `Is a ${link(name)}.`);
  return named(type, [...implemented, table(['field', 'type', 'meaning'], rows)]);
}

function inputPart(type: Extract<GraphQLNamedType, { getFields(): unknown }>): string {
  if (!isInputObjectType(type)) return '';
  const rows = Object.values(type.getFields()).map((field) => [
    code(field.name),
    `${typeLink(field.type)}${defaultOf(field)}`,
    withDeprecation(field),
  ]);
  return named(type, [table(['field', 'type', 'meaning'], rows)]);
}

function enumPart(type: GraphQLNamedType): string {
  if (!isEnumType(type)) return '';
  const rows = type.getValues().map((value) => [code(value.name), withDeprecation(value)]);
  return named(type, [table(['value', 'meaning'], rows)]);
}

function scalarPart(type: GraphQLNamedType): string {
  const url = isScalarType(type) ? type.specifiedByURL : null;
  return named(type, url ? [`Specified by <${url}>.`] : []);
}

function named({ name, description }: GraphQLNamedType, parts: readonly string[]): string {
  return [`#### ${name}`, text(description), ...parts].map((part) => `${part}\n`).join('\n');
}

/** A field with the names and defaults of its arguments: what they mean is the same everywhere. */
function signature({ name, args }: Field): string {
  if (args.length === 0) return name;
  return `${name}(${args.map((argument) => `${argument.name}${defaultOf(argument)}`).join(', ')})`;
}

function defaultOf({ defaultValue }: Pick<GraphQLArgument, 'defaultValue'>): string {
  if (defaultValue === undefined) return '';
  return ` = ${typeof defaultValue === 'string' ? defaultValue : JSON.stringify(defaultValue)}`;
}

function whoMayRead(typeName: string, fieldName: string, isBrief = false): string {
  const rule = accessRuleOf(typeName, fieldName);
  const who = rule && WHO[rule];
  return !who || (isBrief && rule === 'everybody') ? '' : `Who: ${who}.`;
}

/** The price with the defaults for the arguments, for small data; empty for what is no more than read. */
function priceInWords(typeName: string, { name, args }: Field): string {
  if (!Object.hasOwn(PRICES, `${typeName}.${name}`)) return '';
  const price = priceOf(typeName, name);
  const given = Object.fromEntries(args.map((argument) => [argument.name, argument.defaultValue]));
  const alone = priceWith(price, given, USUAL_SIZES, 0);
  const entries = priceWith(price, given, USUAL_SIZES, 1) - alone;
  const amount = alone < 1 ? Math.round(alone * 10) / 10 : Math.round(alone);
  return `Price: ${amount}${entries > 1.5 ? ` for ${Math.round(entries)} entries` : ''}.`;
}

function withDeprecation({
  description,
  deprecationReason,
}: {
  description?: string | null;
  deprecationReason?: string | null;
}): string {
  return [text(description), deprecation(deprecationReason)].filter(Boolean).join(' ');
}

function deprecation(reason: string | null | undefined): string {
  return typeof reason === 'string' ? `**Deprecated:** ${text(reason)}` : '';
}

function typeLink(type: GraphQLType): string {
  const { name } = getNamedType(type);
  const [before = '', after = ''] = String(type).split(name);
  const escaped = (brackets: string) => brackets.replace(/[[\]]/g, '\\$&');
  return `${escaped(before)}${SPECIFIED.has(name) ? name : link(name)}${escaped(after)}`;
}

const SPECIFIED: ReadonlySet<string> = new Set(['Int', 'Float', 'String', 'Boolean', 'ID']);

function link(typeName: string): string {
  return `[${typeName}](#${typeName.toLowerCase()})`;
}

function code(words: string): string {
  return `\`${words}\``;
}

/** A description in one line. */
function text(description: string | null | undefined): string {
  return (description ?? '').replace(/\s+/g, ' ').trim();
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
