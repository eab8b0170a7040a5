import { CombinedGraphQLErrors } from '@apollo/client';

/** True where no answer arrived; an answer that carries errors counts as an answer. */
export const isUnreachable = (error: unknown): boolean =>
  error !== undefined && !CombinedGraphQLErrors.is(error);

/** The codes of the errors with which the API answered; none where it did not. */
export const codesOf = (error: unknown): readonly unknown[] =>
  CombinedGraphQLErrors.is(error) ? error.errors.map(({ extensions }) => extensions?.['code']) : [];

/** True where the API refused the text of a search for its length. */
export const isTooLongSearch = (error: unknown): boolean =>
  CombinedGraphQLErrors.is(error) && error.errors.some(({ message }) => TOO_LONG.test(message));

const TOO_LONG = /^(query|filter\.text) may have \d+ (characters|words)/;

/** True where the API answered with an error of this code. */
export const hasCode = (error: unknown, code: string): boolean => codesOf(error).includes(code);
