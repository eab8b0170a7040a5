import { useMutation } from '@apollo/client/react';
import { graphql } from '../../gql/index.ts';
import { ownLinkStore } from './ownLink.ts';

const RevokeTasteLink = graphql(/* GraphQL */ `
  mutation RevokeTasteLink($linkId: String!) {
    revokeTasteLink(linkId: $linkId)
  }
`);

/** Takes a link to the visitor's taste back; rejected where that failed. */
export function useRevokeLink(): (linkId: string) => Promise<void> {
  const [revoke] = useMutation(RevokeTasteLink);
  return async (linkId) => {
    await revoke({
      variables: { linkId },
      update(cache) {
        cache.evict({ id: 'ROOT_QUERY', fieldName: 'myTasteLinks' });
      },
    });
    if (ownLinkStore.get()?.linkId === linkId) ownLinkStore.set(null);
  };
}
