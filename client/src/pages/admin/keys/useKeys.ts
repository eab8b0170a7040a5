import { useMutation } from '@apollo/client/react';
import type { CreateApiKeyInput, CreateAppInput } from '../../../gql/graphql.ts';
import { CreateApiKey, CreateApp, DeleteApp, KeysQuery, RevokeApiKey, RotateApiKey } from './operations.ts';

/** A secret that was just made. */
export interface MadeSecret {
  of: string;
  secret: string;
}

/** Makes, changes and deletes apps and their keys; the list is read anew after each. */
export function useKeys() {
  const options = { refetchQueries: [KeysQuery], awaitRefetchQueries: true };
  const [createApp] = useMutation(CreateApp, options);
  const [deleteApp] = useMutation(DeleteApp, options);
  const [createKey] = useMutation(CreateApiKey, options);
  const [rotate] = useMutation(RotateApiKey, options);
  const [revoke] = useMutation(RevokeApiKey, options);
  return {
    createApp: (input: CreateAppInput) => createApp({ variables: { input } }),
    deleteApp: (appId: string) => deleteApp({ variables: { appId } }),
    createKey: async (input: CreateApiKeyInput): Promise<MadeSecret> => {
      const { data } = await createKey({ variables: { input } });
      return { of: input.name, secret: data?.createApiKey.secret ?? '' };
    },
    rotate: async (key: { keyId: string; name: string }, overlapSeconds: number): Promise<MadeSecret> => {
      const { data } = await rotate({ variables: { keyId: key.keyId, overlapSeconds } });
      return { of: key.name, secret: data?.rotateApiKey.secret ?? '' };
    },
    revoke: (keyId: string) => revoke({ variables: { keyId } }),
  };
}
