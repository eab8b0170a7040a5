import { ApiKey, ApiKeyPayload, App, CreateApiKeyInput, CreateAppInput } from '@pocketrocket/schema';
import { AppError } from '@pocketrocket/runtime';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { toApiKey, toApp } from '../../apps/appRepository.ts';
import { createApp, deleteApp, type ManagingDeps } from '../../apps/manageApps.ts';
import { createApiKey, revokeApiKey, rotateApiKey } from '../../apps/manageKeys.ts';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';

@Resolver(() => App)
export class AppResolver {
  constructor(private readonly deps: ApiDeps) {}

  @FieldResolver(() => Int, { description: 'Number of its users.' })
  userCount(@Root() { appId }: App, @Ctx() { scope }: ApiContext): Promise<number> {
    return scope.userCountOfApp.load(appId);
  }

  @FieldResolver(() => [ApiKey], { description: 'Its keys, oldest first, those that were revoked too.' })
  keys(@Root() { appId }: App, @Ctx() { scope }: ApiContext): Promise<ApiKey[]> {
    return scope.keysOfApp.load(appId);
  }

  @Mutation(() => App, {
    description:
      "Makes an app. For administrators: an administrator's sign-in, or an API key with the scope ADMIN; FORBIDDEN for everybody else.",
  })
  async createApp(
    @Arg('input', () => CreateAppInput, { description: 'The new app.' }) input: CreateAppInput,
    @Ctx() context: ApiContext,
  ): Promise<App> {
    return toApp(await createApp(await this.#managing(context), input, context.deadline));
  }

  @Mutation(() => Boolean, {
    description:
      'Deletes an app, for administrators: its keys, users and events, for good. Its films stay. NOT_FOUND; where it takes longer than a request may, call it again.',
  })
  async deleteApp(
    @Arg('appId', () => ID, { description: "The app's id." }) appId: string,
    @Ctx() context: ApiContext,
  ): Promise<boolean> {
    const { catalogue, erasures } = this.deps;
    const managing = { ...(await this.#managing(context)), catalogue, erasures };
    await deleteApp(managing, appId, context.deadline);
    context.scope.clear();
    return true;
  }

  @Mutation(() => ApiKeyPayload, {
    description: 'Makes an API key for an app, for administrators. NOT_FOUND where there is no such app.',
  })
  async createApiKey(
    @Arg('input', () => CreateApiKeyInput, { description: 'The new key.' }) input: CreateApiKeyInput,
    @Ctx() context: ApiContext,
  ): Promise<ApiKeyPayload> {
    const managing = await this.#managing(context);
    const { key, secret } = await createApiKey(managing, input, this.deps.keyBudget, context.deadline);
    context.scope.clear();
    return { key: toApiKey(key), secret };
  }

  @Mutation(() => ApiKeyPayload, {
    description: 'Gives an API key a new secret, for administrators. NOT_FOUND where there is no such key.',
  })
  async rotateApiKey(
    @Arg('keyId', () => ID, { description: "The key's id." }) keyId: string,
    @Arg('overlapSeconds', () => Int, {
      defaultValue: 0,
      description: 'Seconds for which the old secret holds beside the new one, 30 days at most.',
    })
    overlapSeconds: number,
    @Ctx() context: ApiContext,
  ): Promise<ApiKeyPayload> {
    const managing = await this.#managing(context);
    const { key, secret } = await rotateApiKey(managing, { keyId, overlapSeconds }, context.deadline);
    this.deps.apiKeys.forget(keyId);
    return { key: toApiKey(key), secret };
  }

  @Mutation(() => ApiKey, {
    description:
      'Ends an API key within seconds, for administrators. One that has ended stays so. NOT_FOUND where there is no such key.',
  })
  async revokeApiKey(
    @Arg('keyId', () => ID, { description: "The key's id." }) keyId: string,
    @Ctx() context: ApiContext,
  ): Promise<ApiKey> {
    const key = await revokeApiKey(await this.#managing(context), keyId, context.deadline);
    this.deps.apiKeys.forget(keyId);
    return toApiKey(key);
  }

  async #managing(context: ApiContext): Promise<ManagingDeps> {
    const { database } = this.deps;
    return { database, logger: context.logger, changedBy: await administratorOf(context) };
  }
}

@Resolver(() => ApiKey)
export class ApiKeyResolver {
  @FieldResolver(() => App, { description: 'The app that it is for.' })
  async app(@Root() { appId }: ApiKey, @Ctx() { scope }: ApiContext): Promise<App> {
    const app = await scope.apps.load(appId);
    if (!app) throw new AppError('NOT_FOUND', `app ${appId} no longer exists`);
    return app;
  }
}

/** Names the administrator who asks, as the log tells it. */
async function administratorOf({ app, viewer }: ApiContext): Promise<string> {
  const access = await app();
  if (access) return `key ${access.keyId}`;
  return `account ${(await viewer())?.accountId ?? ''}`;
}
