import { useMutation } from '@apollo/client/react';
import { ModelsQuery, PublishModel, RollbackModel } from './operations.ts';

/** Servers look for what is published every few seconds. */
const FOLLOWED_AFTER_MS = 6_000;

/**
 * Publishes a version, or what served before, and reads the list of versions anew: once at once, for what each version is now, and once
 * when servers have followed, for the one that answers.
 */
export function useModelChange() {
  const [publish, { client }] = useMutation(PublishModel);
  const [rollBack] = useMutation(RollbackModel);
  const readAnew = async () => {
    await client.refetchQueries({ include: [ModelsQuery] });
    setTimeout(() => void client.refetchQueries({ include: [ModelsQuery] }), FOLLOWED_AFTER_MS);
  };
  return {
    publish: async (version: string): Promise<string> => {
      const { data } = await publish({ variables: { version } });
      await readAnew();
      return data?.publishModel.version ?? version;
    },
    rollBack: async (): Promise<string> => {
      const { data } = await rollBack();
      await readAnew();
      return data?.rollbackModel.version ?? '';
    },
  };
}
