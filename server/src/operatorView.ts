import type { Config } from '@pocketrocket/runtime';
import type { ClientUse } from './budgets/clientUse.ts';
import type { CatalogueSource } from './catalogue/catalogueSource.ts';
import { shownCounts } from './lists/shownCounts.ts';
import type { ModelProvider } from './model/modelWatcher.ts';
import { readReadiness } from './model/readiness.ts';
import { threadState } from './operatorServices.ts';
import { FrontCounts } from './operators/frontCounts.ts';
import type { ServerView } from './operators/serverState.ts';

/** The server as its only thread sees it, without a front. */
export function viewHere({
  use,
  models,
  catalogue,
  config: { modelDir },
}: {
  use: ClientUse;
  models: ModelProvider;
  catalogue: CatalogueSource;
  config: Pick<Config, 'modelDir'>;
}): ServerView {
  const front = new FrontCounts();
  return {
    async state() {
      const readiness = await readReadiness({
        models,
        modelDir,
        datasetName: () => catalogue.current().dataset?.name ?? null,
      });
      return { front: front.state(), threads: [threadState(use)], readiness };
    },
    async shown() {
      const shown = shownCounts();
      return shown ? [shown] : [];
    },
  };
}
