import type { ApolloServerPlugin } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { msUntil, type Balance, type BucketRules, type ChargeBucket } from '../../budgets/bucket.ts';
import type { HttpContext } from '../apollo/httpContext.ts';

export interface BudgetOptions {
  charge: ChargeBucket;
  /** Of callers who are not signed in, by their address. */
  anonymous: BucketRules;
  account: BucketRules;
}

/** Milliseconds of a unit of cost. */
const UNIT_MS = 0.05;
/** The cost of operations that are refused before they have a price. */
const UNPRICED_UNITS = 20;

/** A client's bucket after the request was charged to it. */
interface Charged {
  rules: BucketRules;
  balance: Balance;
  units: number;
}

/**
 * Charges every operation to its account's bucket, or its address's, refuses what the bucket lacks the units for, and tells the
 * balance. Stands behind the plugin that prices operations, whose refusals are charged too.
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
          const charged = await (charging ?? chargeFor(options, contextValue, UNPRICED_UNITS));
          for (const [name, value] of headersOf(charged)) http.headers.set(name, value);
          if (body.kind !== 'single') return;
          const { requested = null } = contextValue.cost ?? {};
          const actual = Math.max(1, Math.round((contextValue.work?.workMs() ?? 0) / UNIT_MS));
          const cost = { requested, actual, ...toldBalance(charged) };
          body.singleResult = { ...body.singleResult, extensions: { ...body.singleResult.extensions, cost } };
        },
      };
    },
  };
}

async function chargeFor(
  { charge, anonymous, account }: BudgetOptions,
  { viewerId, address, isPassedOn }: HttpContext,
  units: number,
): Promise<Charged> {
  // Whose sign-in is wrong counts as nobody; the fields that need it say what is wrong with it.
  const userId = await viewerId().catch(() => null);
  const rules = userId === null ? anonymous : account;
  const key = userId === null ? `address:${address}` : `account:${userId}`;
  // A request that another thread has passed on was charged there.
  const balance = await charge({ key, units: isPassedOn ? 0 : units, rules });
  return { rules, balance, units };
}

function overBudget({ units, balance, rules }: Charged): GraphQLError {
  const seconds = Math.ceil(msUntil(Math.min(units, rules.burst), balance, rules) / 1000);
  const wait = seconds === 1 ? 'a second' : `${seconds} seconds`;
  return new GraphQLError(
    `This query may cost ${units}, and ${Math.floor(balance.remaining)} of the budget are left: try again in ${wait}.`,
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
    remaining: Math.floor(balance.remaining),
    resetAt: new Date(Date.now() + resetMs).toISOString(),
  };
}

/** The headers of draft-ietf-httpapi-ratelimit-headers-06, which clients know best. */
function headersOf({ balance, rules }: Charged): [string, string][] {
  const seconds = (ms: number) => String(Math.ceil(ms / 1000));
  return [
    ['ratelimit-limit', String(rules.burst)],
    ['ratelimit-remaining', String(Math.floor(balance.remaining))],
    ['ratelimit-reset', seconds(msUntil(rules.burst, balance, rules))],
    ['ratelimit-policy', `${rules.burst};w=${seconds((1000 * rules.burst) / rules.perSecond)}`],
  ];
}

/** The headers that pages of other origins may read. */
export const BUDGET_HEADERS = [
  'retry-after',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'ratelimit-policy',
];
