import {
  AccountConnection,
  Admin,
  ApiKey,
  App,
  Budgets,
  CatalogueState,
  Coverage,
  DataImport,
  ExperimentReport,
  ExperimentState,
  Health,
  ModelVersion,
  Training,
  Webhook,
} from '@pocketrocket/schema';
import { Arg, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { readTraining } from '../../model/training.ts';
import { findAccounts } from '../../operators/accounts.ts';
import { listExperiments, reportExperiment } from '../../operators/experiments.ts';
import { listDataImports } from '../../operators/imports.ts';
import { listModelVersions } from '../../operators/modelVersions.ts';
import { REPORTERS } from '../../operators/reports.ts';
import { listWebhooks } from '../../webhooks/webhookRepository.ts';
import type { ApiDeps } from '../deps.ts';
import { After, First } from './listArguments.ts';
import { toWebhook } from './webhookOf.ts';

@Resolver(() => Admin)
export class AdminResolver {
  constructor(private readonly deps: ApiDeps) {}

  @Query(() => Admin, {
    nullable: true,
    description:
      'What operators need to know, for administrators. UNAUTHENTICATED unless signed in, FORBIDDEN for everybody else.',
  })
  admin(): Admin {
    return new Admin();
  }

  @FieldResolver(() => [ModelVersion], {
    description: 'Versions of the model in the model directory, newest first.',
  })
  async models(@First(20) first: number): Promise<ModelVersion[]> {
    return listModelVersions(this.#modelDeps(), first);
  }

  @FieldResolver(() => Training, { description: 'How far training has come.' })
  async training(): Promise<Training> {
    return readTraining(this.#modelDeps());
  }

  @FieldResolver(() => Health, { description: 'State of the server that answers.' })
  async health(): Promise<Health> {
    return REPORTERS.health(this.#reportDeps());
  }

  @FieldResolver(() => Budgets, { description: 'Budgets, and who uses them on this server.' })
  async budgets(): Promise<Budgets> {
    return REPORTERS.budgets(this.#reportDeps());
  }

  @FieldResolver(() => AccountConnection, { description: 'Accounts, by their number.' })
  async accounts(
    @First(20) first: number,
    @After() after?: string | null,
    @Arg('query', () => String, {
      nullable: true,
      description: 'Only those whose email address holds this text, in any case.',
    })
    query?: string | null,
  ): Promise<AccountConnection> {
    return findAccounts(this.deps.database, { first, after, query });
  }

  @FieldResolver(() => CatalogueState, { description: 'The catalogue in numbers.' })
  async catalogue(): Promise<CatalogueState> {
    return REPORTERS.catalogue(this.#reportDeps());
  }

  @FieldResolver(() => [DataImport], { description: 'Imports of data sets, latest first.' })
  async imports(@First(20) first: number): Promise<DataImport[]> {
    return listDataImports(this.deps.database, first);
  }

  @FieldResolver(() => Coverage, {
    description: 'What lists showed lately, and how far popular movies had more than their part.',
  })
  async coverage(): Promise<Coverage> {
    return REPORTERS.coverage(this.#reportDeps());
  }

  @FieldResolver(() => [App], { description: 'All apps, oldest first.' })
  async apps(): Promise<App[]> {
    return this.deps.repositories.apps.all();
  }

  @FieldResolver(() => [ApiKey], { description: 'The API keys of all apps, oldest first.' })
  async keys(): Promise<ApiKey[]> {
    return this.deps.repositories.apps.allKeys();
  }

  @FieldResolver(() => [ExperimentState], { description: 'Experiments that users were shown.' })
  async experiments(): Promise<ExperimentState[]> {
    return listExperiments(this.deps.database);
  }

  @FieldResolver(() => [Webhook], { description: 'Webhooks, oldest first, with how their deliveries go.' })
  async webhooks(): Promise<Webhook[]> {
    return (await listWebhooks(this.deps.database)).map(toWebhook);
  }

  #modelDeps() {
    const { models, operators, heardTraining } = this.deps;
    return { models, modelDir: operators.settings.modelDir, heardTraining };
  }

  #reportDeps() {
    const { operators, catalogue, models, database } = this.deps;
    return { ...operators, catalogue, models, database };
  }
}

@Resolver(() => ExperimentState)
export class ExperimentStateResolver {
  constructor(private readonly deps: ApiDeps) {}

  @FieldResolver(() => ExperimentReport, {
    nullable: true,
    description:
      'What came of it so far: rates with intervals, and verdicts. Null where EXPERIMENTS does not set it any more.',
  })
  async report(@Root() { name }: ExperimentState): Promise<ExperimentReport | null> {
    const { database, operators } = this.deps;
    return reportExperiment(database, operators.settings.experiments, name);
  }
}
