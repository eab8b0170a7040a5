import type { ApolloClient } from '@apollo/client';
import { graphql } from '../gql/index.ts';
import type { Session } from './session.ts';

const SignOut = graphql(/* GraphQL */ `
  mutation SignOut($refreshToken: String) {
    signOut(refreshToken: $refreshToken)
  }
`);

/** Ends a session on the server, so that its refresh token is worth nothing from then on. */
export async function signOut(client: ApolloClient, session: Session | null): Promise<void> {
  const refreshToken = session?.refreshToken ?? null;
  await client.mutate({ mutation: SignOut, variables: { refreshToken } });
}
