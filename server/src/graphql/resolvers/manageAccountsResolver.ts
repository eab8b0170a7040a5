import { AccountOverview, AccountRole } from '@pocketrocket/schema';
import { Arg, Ctx, Int, Mutation, Resolver } from 'type-graphql';
import { deleteAccount, endSessionsOf, setAccountRole } from '../../operators/manageAccounts.ts';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { administratorOf } from './appResolver.ts';

/** Changes of others' accounts by operators. The log says who made them. */
@Resolver()
export class ManageAccountsResolver {
  constructor(private readonly deps: ApiDeps) {}

  @Mutation(() => AccountOverview, {
    description:
      'Gives an account a role. NOT_FOUND; BAD_USER_INPUT where it would leave no administrator. Administrators alone.',
  })
  async setAccountRole(
    @Arg('userId', () => Int, { description: "The account's number." }) userId: number,
    @Arg('role', () => AccountRole, { description: 'The role.' }) role: AccountRole,
    @Ctx() context: ApiContext,
  ): Promise<AccountOverview> {
    const changed = await setAccountRole(await this.#managing(context), userId, role);
    context.scope.clear();
    return changed;
  }

  @Mutation(() => AccountOverview, {
    description: 'Signs an account out everywhere, as after a lost device. NOT_FOUND. Administrators alone.',
  })
  async endSessions(
    @Arg('userId', () => Int, { description: "The account's number." }) userId: number,
    @Ctx() context: ApiContext,
  ): Promise<AccountOverview> {
    const managing = { ...(await this.#managing(context)), sessions: this.deps.auth.sessions };
    return endSessionsOf(managing, userId, context.deadline);
  }

  @Mutation(() => Boolean, {
    description:
      'Deletes an account: its ratings, sessions and everything else of it, for good. NOT_FOUND; BAD_USER_INPUT for an administrator. Administrators alone.',
  })
  async deleteAccount(
    @Arg('userId', () => Int, { description: "The account's number." }) userId: number,
    @Ctx() context: ApiContext,
  ): Promise<boolean> {
    const { catalogue, erasures } = this.deps;
    const managing = { ...(await this.#managing(context)), catalogue, erasures };
    await deleteAccount(managing, userId, context.deadline);
    context.scope.clear();
    return true;
  }

  async #managing(context: ApiContext) {
    const { database } = this.deps;
    return { database, logger: context.logger, changedBy: await administratorOf(context) };
  }
}
