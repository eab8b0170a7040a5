import type { Database } from '@pocketrocket/schema/database';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import { modelOfCatalogue } from '../model/modelOfCatalogue.ts';
import type { ModelProvider } from '../model/modelWatcher.ts';
import { readCatalogueState } from './catalogueState.ts';
import type { ServerView } from './serverState.ts';
import type { ReportName } from './reportNames.ts';
import { budgetsOf, healthOf } from './health.ts';
import { coverageOf } from './coverage.ts';
import type { OperatorSettings } from './operatorDeps.ts';

export interface ReportDeps {
  view: ServerView;
  settings: OperatorSettings;
  catalogue: CatalogueSource;
  models: ModelProvider;
  database: Pick<Database, 'dataSource'>;
}

/** The state of the running server, part by part, as `admin { … }` tells it. */
export const REPORTERS = {
  health: async ({ view }: ReportDeps) => healthOf(await view.state()),
  budgets: async ({ view, settings }: ReportDeps) => budgetsOf(await view.state(), settings),
  coverage: async ({ view, catalogue }: ReportDeps) =>
    coverageOf(catalogue.current(), await view.shown(), Date.now()),
  async catalogue({ catalogue, models, database }: ReportDeps) {
    const current = catalogue.current();
    return readCatalogueState(database, current, modelOfCatalogue(current, models.state()));
  },
} satisfies Record<ReportName, (deps: ReportDeps) => Promise<unknown>>;
