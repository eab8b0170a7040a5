import {
  CreateWebhookInput,
  ExportKind,
  ModelVersion,
  SignedExport,
  WebhookPayload,
} from '@pocketrocket/schema';
import { AppError } from '@pocketrocket/runtime';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { EXPORT_TTL_SECONDS, exportAddress } from '../../exports/exportAddress.ts';
import { publishModel, rollbackModel, type ModelChange } from '../../operators/changeModel.ts';
import { modelVersion } from '../../operators/modelVersions.ts';
import { nowSeconds } from '../../timing/clock.ts';
import { createWebhook, deleteWebhook } from '../../webhooks/webhookRepository.ts';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { administratorOf } from './appResolver.ts';
import { toWebhook } from './webhookOf.ts';

/** Changes by operators. The log says who made them. */
@Resolver()
export class OperatorResolver {
  constructor(private readonly deps: ApiDeps) {}

  @Mutation(() => ModelVersion, {
    description:
      'Publishes a version of the model, also an older one or one that the gate refused; servers follow within five seconds. NOT_FOUND, ARTIFACT_INVALID, CONFLICT. Administrators alone.',
  })
  async publishModel(
    @Arg('version', () => String, { description: 'Its number, as `admin { models }` tells it.' })
    version: string,
    @Ctx() context: ApiContext,
  ): Promise<ModelVersion> {
    return this.#changed(await publishModel(await this.#changeDeps(context), version));
  }

  @Mutation(() => ModelVersion, {
    description:
      'Publishes the version that served before; again goes further back. NOT_FOUND, CONFLICT. Administrators alone.',
  })
  async rollbackModel(@Ctx() context: ApiContext): Promise<ModelVersion> {
    return this.#changed(await rollbackModel(await this.#changeDeps(context)));
  }

  @Mutation(() => WebhookPayload, {
    description:
      'Makes a webhook: an address to which events are posted, signed. BAD_USER_INPUT for an address that is not on the public internet. Administrators alone.',
  })
  async createWebhook(
    @Arg('input', () => CreateWebhookInput, { description: 'The address and its events.' })
    { url, events }: CreateWebhookInput,
    @Ctx() context: ApiContext,
  ): Promise<WebhookPayload> {
    const { database, operators } = this.deps;
    const { deadline } = context;
    const made = await createWebhook(database, { url, events }, { rules: operators.webhooks, deadline });
    const { webhookId } = made.webhook;
    context.logger.warn(
      { ...(await asker(context)), webhookId, url: made.webhook.url, events },
      'webhook made',
    );
    return { webhook: toWebhook(made.webhook), secret: made.secret };
  }

  @Mutation(() => Boolean, {
    description: 'Deletes a webhook and what still waits for it. NOT_FOUND. Administrators alone.',
  })
  async deleteWebhook(
    @Arg('webhookId', () => ID, { description: 'The webhook.' }) webhookId: string,
    @Ctx() context: ApiContext,
  ): Promise<boolean> {
    await deleteWebhook(this.deps.database, webhookId, context.deadline);
    context.logger.warn({ ...(await asker(context)), webhookId }, 'webhook deleted');
    return true;
  }

  @Mutation(() => SignedExport, {
    description:
      'Makes an address from which movies, users, ratings or events can be fetched as JSON lines, for 15 minutes. Administrators alone.',
  })
  async createExport(
    @Arg('kind', () => ExportKind, { description: 'What it is to hold.' }) kind: ExportKind,
    @Arg('includePrivate', () => Boolean, {
      defaultValue: false,
      description: 'True exports also the ratings that accounts keep private, and the events of all apps.',
    })
    includePrivate: boolean,
    @Ctx() context: ApiContext,
  ): Promise<SignedExport> {
    const { settings, signer } = this.deps.operators;
    const expiresAtSeconds = nowSeconds() + EXPORT_TTL_SECONDS;
    const address = exportAddress(signer, { kind, includesPrivate: includePrivate }, expiresAtSeconds);
    context.logger.warn({ ...(await asker(context)), kind, includePrivate }, 'export made');
    return {
      kind,
      url: `${settings.publicUrl ?? ''}${address}`,
      expiresAt: new Date(expiresAtSeconds * 1000),
    };
  }

  async #changeDeps(context: ApiContext) {
    const { catalogue, operators } = this.deps;
    return {
      config: operators.settings,
      catalogue: () => catalogue.current(),
      logger: context.logger.child(await asker(context)),
    };
  }

  async #changed({ version }: ModelChange): Promise<ModelVersion> {
    const { models, operators } = this.deps;
    const changed = await modelVersion({ models, modelDir: operators.settings.modelDir }, version);
    if (!changed) throw new AppError('CONFLICT', `version ${version} was removed meanwhile`);
    return changed;
  }
}

/** Names who changes something, for the log. */
async function asker(context: ApiContext): Promise<{ changedBy: string }> {
  return { changedBy: await administratorOf(context) };
}
