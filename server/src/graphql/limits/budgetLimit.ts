import type { ApolloServerPlugin, GraphQLResponse } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { msUntil, REFUSAL_UNITS, type BucketRules, type ChargeBucket } from '../../budgets/bucket.ts';
import type { Standing } from '../../budgets/budgetGate.ts';
import { budgetHeaders, inWords, leftOf } from '../../budgets/toldBudget.ts';
import type { HttpContext } from '../apollo/httpContext.ts';

export interface BudgetOptions {
  charge: ChargeBucket;
  /** Of callers who are not signed in, by their address. */
  anonymous: BucketRules;
  account: BucketRules;
}

/** Milliseconds of a unit of cost. */
const UNIT_MS = 0.05;
/** Units that a refusal costs at most, however long it took: others may have worked in the same thread. */
const MAX_REFUSAL_UNITS = 1_000;

/** A client's bucket after the request was charged to it. */
export interface Charged extends Standing {
  units: number;
}

/**
 * Charges every operation to its key's bucket, its account's, or its address's, refuses what the bucket lacks the units for, and tells the
 * balance. Stands behind the plugin that prices operations, whose refusals are charged too. What is refused without a price, or for lack
 * of units, is charged by its work.
 */
export function budgetLimit(options: BudgetOptions): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart() {
      let charging: Promise<Charged> | undefined;
      return {
        async didResolveOperation({ contextValue }) {
          if (!contextValue.cost) return;
          charging = chargeFor(options, contextValue, contextValue.cost.requested);
          const charged = await charging;
          if (!charged.balance.isAllowed) throw overBudget(charged);
        },
        async willSendResponse({ contextValue, response: { body, http } }) {
          const { charge } = options;
          let charged = await (charging ?? chargeFor(options, contextValue, REFUSAL_UNITS));
          if (!charging || !charged.balance.isAllowed)
            charged = await chargeForRefusal(charge, contextValue, charged, unitsOfWork(contextValue));
          const { key, rules, balance } = charged;
          contextValue.routing.standing = { key, rules, balance };
          // What everybody gets tells nobody's balance.
          if (isForEverybody(contextValue, body)) return;
          for (const [name, value] of budgetHeaders(charged)) http.headers.set(name, value);
          if (body.kind !== 'single') return;
          const { requested = null } = contextValue.cost ?? {};
          const cost = { requested, actual: unitsOfWork(contextValue), ...toldBalance(charged) };
          body.singleResult = { ...body.singleResult, extensions: { ...body.singleResult.extensions, cost } };
        },
      };
    },
  };
}

function isForEverybody({ publicRequest }: HttpContext, body: GraphQLResponse['body']): boolean {
  return (
    typeof publicRequest?.maxAgeSeconds === 'number' && body.kind === 'single' && !body.singleResult.errors
  );
}

/** As much of a request as is needed to charge for it. */
export type Payer = Pick<HttpContext, 'app' | 'viewerId' | 'address' | 'isPassedOn' | 'work'>;

/** Charges for a request that is no operation, as for one that is refused. */
export async function chargeUnread(options: BudgetOptions, payer: Payer): Promise<Standing> {
  const charged = await chargeFor(options, payer, REFUSAL_UNITS);
  return chargeForRefusal(options.charge, payer, charged, unitsOfWork(payer));
}

function unitsOfWork({ work }: Payer): number {
  return Math.max(1, Math.round((work?.workMs() ?? 0) / UNIT_MS));
}

/** Charges an operation to the bucket of whoever sends it. */
export async function chargeFor(options: BudgetOptions, payer: Payer, units: number): Promise<Charged> {
  const { key, rules } = await bucketOf(options, payer);
  const { isPassedOn } = payer;
  // A request that another thread has passed on was charged there, and let in whatever its client owes by now.
  const balance = await options.charge({ key, units: isPassedOn ? 0 : units, rules, isDone: isPassedOn });
  return { key, rules, balance, units };
}

/** The bucket that pays. Whose key or sign-in is wrong counts as nobody; the fields that need it say what is wrong with it. */
export async function bucketOf(
  { anonymous, account }: BudgetOptions,
  { app, viewerId, address }: Payer,
): Promise<Pick<Standing, 'key' | 'rules'>> {
  const access = await app().catch(() => null);
  if (access) return { key: `key:${access.keyId}`, rules: access.budget };
  const userId = await viewerId().catch(() => null);
  if (userId !== null) return { key: `account:${userId}`, rules: account };
  return { key: `address:${address}`, rules: anonymous };
}

/** Charges the work of a refusal beyond what it was charged already. */
async function chargeForRefusal(
  charge: ChargeBucket,
  { isPassedOn }: Payer,
  charged: Charged,
  workUnits: number,
): Promise<Charged> {
  const units = Math.min(workUnits, MAX_REFUSAL_UNITS) - REFUSAL_UNITS;
  if (units <= 0 || isPassedOn) return charged;
  const { key, rules } = charged;
  return { ...charged, balance: await charge({ key, units, rules, isDone: true }) };
}

/** The error of an operation that a bucket lacks the units for. */
export function overBudget({ units, balance, rules }: Charged): GraphQLError {
  const seconds = Math.ceil(msUntil(Math.min(units, rules.burst), balance, rules) / 1000);
  return new GraphQLError(
    `This query may cost ${units}, and ${leftOf(balance)} of the budget are left: try again in ${inWords(seconds)}.`,
    {
      extensions: {
        code: 'RATE_LIMITED',
        http: { status: 429, headers: new HeaderMap([['retry-after', String(seconds)]]) },
      },
    },
  );
}

function toldBalance({ balance, rules }: Charged) {
  const resetMs = msUntil(rules.burst, balance, rules);
  return {
    limit: rules.burst,
    remaining: leftOf(balance),
    resetAt: new Date(Date.now() + resetMs).toISOString(),
  };
}
