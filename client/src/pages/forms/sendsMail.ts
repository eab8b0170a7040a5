import { useQuery } from '@apollo/client/react';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';

const SendsMailQuery = graphql(/* GraphQL */ `
  query SendsMail {
    sendsMail
  }
`);

export const sendsMailQuery = pageQuery(SendsMailQuery, {});

/** False where the server has said that it can send no mail, which nothing then offers. */
export const useSendsMail = (): boolean => useQuery(...sendsMailQuery).data?.sendsMail !== false;
