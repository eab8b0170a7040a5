import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { graphql } from '../../gql/index.ts';
import { problemOf, type Problem } from '../forms/problems.ts';
import { ownLinkStore } from './ownLink.ts';

const RevokeTasteLink = graphql(/* GraphQL */ `
  mutation RevokeTasteLink($linkId: String!) {
    revokeTasteLink(linkId: $linkId)
  }
`);

/** The way to take a link to the visitor's taste back, and why the last one still holds. */
export function useRevokeLink() {
  const [revoke] = useMutation(RevokeTasteLink);
  const [problem, setProblem] = useState<Problem>();
  const takeBack = async (linkId: string) => {
    setProblem(undefined);
    try {
      await revoke({
        variables: { linkId },
        update(cache) {
          cache.evict({ id: 'ROOT_QUERY', fieldName: 'myTasteLinks' });
        },
      });
      if (ownLinkStore.get()?.linkId === linkId) ownLinkStore.set(null);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return { takeBack, problem };
}
