import { graphql } from '../gql/index.ts';

/** What the session store takes of a sign-in. */
export const SignedInFragment = graphql(/* GraphQL */ `
  fragment SignedIn on AuthPayload {
    token
    expiresAt
    refreshToken
    user {
      userId
      name
    }
  }
`);
