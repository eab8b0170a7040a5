/** An operation with the types of its variables and of its answer. */
export interface TypedText<Data, Variables> {
  readonly name: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly text: string;
  /** SHA-256 of the text, in hexadecimal: the name by which servers know it once it is registered. */
  readonly hash: string;
  /** For types alone. */
  readonly __apiType?: (variables: Variables) => Data;
}

/** A text of GraphQL Code Generator's client preset with `documentMode: 'string'`. */
export interface TypedString<Data, Variables> {
  toString(): string;
  readonly __apiType?: (variables: Variables) => Data;
}

/** An operation of any origin: of this package, generated elsewhere, or a plain text. */
export type Operation<Data, Variables> = TypedText<Data, Variables> | TypedString<Data, Variables>;

/** The parts of an operation that are sent. */
export interface OperationText {
  text: string;
  kind: 'query' | 'mutation' | 'subscription';
  /** Null where it has to be sent in full. */
  hash: string | null;
}

/** Reads an operation of any origin. */
export function textOf(operation: Operation<unknown, never> | string): OperationText {
  if (isTypedText(operation)) return operation;
  const text = String(operation);
  return { text, kind: kindOf(text), hash: null };
}

function isTypedText(operation: Operation<unknown, never> | string): operation is TypedText<unknown, never> {
  return typeof operation === 'object' && 'text' in operation && 'hash' in operation;
}

/** The kind of the only operation of a text; of several that of the first. */
function kindOf(text: string): OperationText['kind'] {
  const [, kind] = /^\s*(?:#.*\s*)*(query|mutation|subscription|fragment|\{)/.exec(text) ?? [];
  if (kind === 'mutation' || kind === 'subscription') return kind;
  if (kind !== 'fragment') return 'query';
  const [, later] = /\}\s*(query|mutation|subscription)\b/.exec(text) ?? [];
  return later === 'mutation' || later === 'subscription' ? later : 'query';
}
