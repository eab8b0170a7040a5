import { GraphQLError } from 'graphql';

/** A mistake of the caller that Apollo Server or GraphQL.js raises without a code, in the words that callers get. */
interface Mistake {
  code: 'BAD_USER_INPUT' | 'GRAPHQL_VALIDATION_FAILED';
  message: string;
}

const BY_MESSAGE: ReadonlyMap<string, Mistake> = new Map([
  [
    'provided sha does not match query',
    {
      code: 'BAD_USER_INPUT',
      message: 'extensions.persistedQuery.sha256Hash is not the SHA-256 of this query, in hexadecimal.',
    },
  ],
  [
    'Unsupported persisted query version',
    { code: 'BAD_USER_INPUT', message: 'extensions.persistedQuery.version must be 1.' },
  ],
  [
    'Too many errors processing variables, error limit reached. Execution aborted.',
    { code: 'BAD_USER_INPUT', message: 'The variables have more errors; only the first ones are listed.' },
  ],
  [
    'Too many validation errors, error limit reached. Validation aborted.',
    {
      code: 'GRAPHQL_VALIDATION_FAILED',
      message: 'The query has more errors; validation stopped after the first ones.',
    },
  ],
]);

/**
 * The caller's mistake behind an error; null for any other error.
 * @param error as thrown, out of whatever GraphQL.js put around it
 */
export function mistakeOf(error: unknown): Mistake | null {
  if (!(error instanceof GraphQLError)) return null;
  const known = BY_MESSAGE.get(error.message);
  if (known) return known;
  if (error.extensions['code'] !== undefined) return null;
  // An argument that a variable made wrong: nothing validates the two together.
  return isAboutArgument(error) ? { code: 'BAD_USER_INPUT', message: error.message } : null;
}

function isAboutArgument({ message, nodes = [] }: GraphQLError): boolean {
  return message.startsWith('Argument "') && nodes.length > 0;
}
