import {
  Account,
  ExportedData,
  ExportFormat,
  RoleChange,
  UpdateAccountInput,
  UpdateAccountPayload,
  User,
} from '@pocketrocket/schema';
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { accountOf, ROLES } from '../../accounts/accountOf.ts';
import { confirmEmail, sendConfirmation } from '../../accounts/links.ts';
import { listRoleChanges } from '../../accounts/roles.ts';
import { updateAccount } from '../../accounts/updateAccount.ts';
import { requireAccount, requireViewer } from '../../accounts/viewer.ts';
import { deleteMyAccount } from '../../privacy/deleteMyAccount.ts';
import { exportMyData } from '../../privacy/exportMyData.ts';
import { First } from './listArguments.ts';

@Resolver(() => User)
export class AccountSettingsResolver {
  constructor(private readonly deps: ApiDeps) {}

  @FieldResolver(() => Account, {
    nullable: true,
    description: 'The account, for its owner; null for everybody else.',
  })
  async account(@Root() { userId }: User): Promise<Account | null> {
    const account = await this.deps.repositories.accounts.byUserId(userId);
    return account && accountOf(account);
  }

  @Mutation(() => UpdateAccountPayload, {
    description:
      "Changes the viewer's name, or who may read the ratings and lists. UNAUTHENTICATED unless signed in.",
  })
  async updateAccount(
    @Arg('input', () => UpdateAccountInput, { description: 'What to change.' }) input: UpdateAccountInput,
    @Ctx() { scope, viewerId, deadline }: ApiContext,
  ): Promise<UpdateAccountPayload> {
    const userId = requireViewer(await viewerId());
    return { user: await updateAccount(this.deps, scope, userId, input, deadline) };
  }

  @Mutation(() => Boolean, {
    description:
      "Sends the link that confirms the viewer's email address again. False where the server sends no mail. UNAUTHENTICATED unless signed in.",
  })
  async requestEmailConfirmation(@Ctx() { viewerId, address }: ApiContext): Promise<boolean> {
    const userId = requireViewer(await viewerId());
    const { database, auth, repositories } = this.deps;
    await auth.limits.countMailOf(address);
    sendConfirmation({ database, auth }, requireAccount(await repositories.accounts.byUserId(userId)));
    return auth.post !== null;
  }

  @Mutation(() => Boolean, {
    description:
      'Confirms an email address by the link that was sent to it. BAD_USER_INPUT when it does not work.',
  })
  async confirmEmail(
    @Arg('token', () => String, { description: 'What stands behind `#` in the link.' }) token: string,
    @Ctx() { deadline }: ApiContext,
  ): Promise<boolean> {
    await confirmEmail(this.deps.database, token, deadline);
    return true;
  }

  @Query(() => ExportedData, {
    nullable: true,
    description: 'What is stored of the viewer. UNAUTHENTICATED unless signed in.',
  })
  async exportMyData(
    @Arg('format', () => ExportFormat, { defaultValue: ExportFormat.JSON, description: 'The form.' })
    format: ExportFormat,
    @Ctx() { viewerId }: ApiContext,
  ): Promise<ExportedData> {
    return exportMyData(this.deps.database, requireViewer(await viewerId()), format);
  }

  @Mutation(() => Boolean, {
    description:
      'Deletes the viewer: account, ratings, sessions and everything else, for good. UNAUTHENTICATED unless signed in.',
  })
  async deleteMyAccount(
    @Arg('password', () => String, { description: "The account's password." }) password: string,
    @Ctx() context: ApiContext,
  ): Promise<boolean> {
    const { repositories, ...deps } = this.deps;
    const deleting = { ...deps, accounts: repositories.accounts };
    await deleteMyAccount(deleting, context, requireViewer(await context.viewerId()), password);
    context.refreshCookie?.clear();
    return true;
  }

  @Query(() => [RoleChange], {
    nullable: true,
    description: 'The roles that were given, latest first, for administrators. FORBIDDEN for everybody else.',
  })
  async roleChanges(@First(20) first: number, @Ctx() { scope }: ApiContext): Promise<RoleChange[]> {
    const changes = await listRoleChanges(this.deps.database, first);
    return Promise.all(
      changes.map(async ({ userId, role, changedBy, changedAtSeconds }) => ({
        user: await scope.users.load(userId),
        role: ROLES[role],
        changedBy,
        changedAt: new Date(changedAtSeconds * 1000),
      })),
    );
  }
}
