import { Kind, type DefinitionNode, type DocumentNode, type FieldDefinitionNode } from 'graphql';

type TypeWithFields = Extract<DefinitionNode, { kind: Kind.OBJECT_TYPE_DEFINITION }>;

/** The schema with what it lacks of another document: types, fields and arguments. */
export function withPending(schema: DocumentNode, pending: DocumentNode): DocumentNode {
  const definitions = [...schema.definitions];
  for (const more of pending.definitions) {
    if (!('name' in more) || more.name === undefined) continue;
    const at = definitions.findIndex((one) => 'name' in one && one.name?.value === more.name?.value);
    const known = definitions[at];
    if (!known) definitions.push(more);
    else if (known.kind === Kind.OBJECT_TYPE_DEFINITION && more.kind === Kind.OBJECT_TYPE_EXTENSION)
      definitions[at] = withFields(known, more.fields ?? []);
  }
  return { ...schema, definitions };
}

function withFields(type: TypeWithFields, more: readonly FieldDefinitionNode[]): TypeWithFields {
  const fields = [...(type.fields ?? [])];
  for (const field of more) {
    const at = fields.findIndex(({ name }) => name.value === field.name.value);
    const known = fields[at];
    if (!known) fields.push(field);
    else fields[at] = withArguments(known, field);
  }
  return { ...type, fields };
}

function withArguments(known: FieldDefinitionNode, more: FieldDefinitionNode): FieldDefinitionNode {
  const given = known.arguments ?? [];
  const names = new Set(given.map(({ name }) => name.value));
  const lacking = (more.arguments ?? []).filter(({ name }) => !names.has(name.value));
  return { ...known, arguments: [...given, ...lacking] };
}
