import { graphql } from '../../gql/index.ts';

/** Changes the fields that are given. */
export const UpdateAccount = graphql(/* GraphQL */ `
  mutation UpdateAccount($input: UpdateAccountInput!) {
    updateAccount(input: $input) {
      user {
        userId
        name
        sharesRatings
      }
    }
  }
`);
