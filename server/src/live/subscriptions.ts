import { AppError, openSpan } from '@pocketrocket/runtime';
import {
  createSourceEventStream,
  GraphQLError,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { openContext, type ContextDeps, type OpenedContext } from '../api/requestContext.ts';
import { REFUSAL_UNITS } from '../budgets/bucket.ts';
import type { Standing } from '../budgets/budgetGate.ts';
import type { ExecutableRequest } from '../graphql/apollo/compiledExecution.ts';
import { formatError } from '../graphql/apollo/errors.ts';
import { logFailures } from '../graphql/apollo/plugins.ts';
import type { LiveOperation, LiveSign } from '../graphql/context.ts';
import type { WrittenAnswer } from '../graphql/limits/boundedAnswer.ts';
import {
  chargeFor,
  chargeUnread,
  overBudget,
  type BudgetOptions,
  type Payer,
} from '../graphql/limits/budgetLimit.ts';
import { costOf, refuseExpensive } from '../graphql/limits/costLimit.ts';
import type { DataSizes } from '../graphql/limits/dataSizes.ts';
import {
  prepareSubscription,
  RefusedSubscription,
  type PrepareDeps,
  type PreparedOperation,
  type SubscribeParams,
} from './prepare.ts';
import { PushBudget } from './pushBudget.ts';
import { Pushes, type MadeAnswer } from './pushes.ts';
import { PushQueue } from './pushQueue.ts';
import type { Signs } from './signs.ts';

export interface SubscriptionDeps extends PrepareDeps, ContextDeps {
  schema: GraphQLSchema;
  execute: (request: ExecutableRequest) => Promise<ExecutionResult>;
  /** Writes an answer as it is sent; an error in its place where it would be too large. */
  write: (answer: FormattedExecutionResult) => WrittenAnswer | Promise<WrittenAnswer>;
  maxCost: number;
  sizes: () => DataSizes;
  /** Null where there are none. */
  budgets: BudgetOptions | null;
  listOf: (userId: number) => Signs;
  training: () => Signs;
}

/** The connection of a subscription, as the subscription sees it. */
export interface Subscriber {
  requestId: string;
  authorization: string | undefined;
  address: string;
  /** Told of the client's budget when it is used up. */
  standing: (standing: Standing) => void;
  /** @returns true where the client was sent away for it */
  onUnauthenticated: () => Promise<boolean>;
}

/** Begins subscriptions, and makes their answers: by the schema, the limits, the budgets and the masking of queries. */
export class Subscriptions {
  readonly #deps: SubscriptionDeps;
  readonly #queue = new PushQueue();
  readonly #pushBudget: PushBudget | null;

  constructor(deps: SubscriptionDeps) {
    this.#deps = deps;
    this.#pushBudget = deps.budgets && new PushBudget(deps.budgets);
  }

  /** Answers that wait to be made. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Begins a subscription, for which the client is charged as for a query.
   * @param onEnd called when it has ended
   * @throws RefusedSubscription
   */
  async begin(subscriber: Subscriber, params: SubscribeParams, onEnd: () => void): Promise<Pushes> {
    const opened = this.#open(subscriber);
    try {
      const prepared = await this.#prepare(subscriber, opened, params);
      const { schema } = this.#deps;
      const { document, operationName, variables } = prepared.operation;
      opened.context.live = this.#operation(() => undefined);
      const source = await createSourceEventStream({
        ...{ schema, document, operationName },
        variableValues: variables,
        contextValue: opened.context,
      });
      if (!(Symbol.asyncIterator in source)) {
        const { errors = [] } = source;
        logFailures(opened.context.logger, errors, operationName);
        throw new RefusedSubscription(errors);
      }
      return new Pushes(prepared.operation, source as Signs, {
        answer: (sign, isFirst, isWanted) =>
          this.#answer({ subscriber, prepared, source: source as Signs }, sign, isFirst, isWanted),
        onUnauthenticated: subscriber.onUnauthenticated,
        onEnd,
      });
    } finally {
      opened.clear();
    }
  }

  /** The errors of a refusal as clients get them. */
  formatted(error: unknown, requestId: string): GraphQLError[] {
    if (error instanceof RefusedSubscription) return [...error.errors];
    this.#deps.logger.error({ err: error, requestId }, 'a subscription failed');
    return [new GraphQLError('failed', { originalError: error as Error })];
  }

  #open({ requestId, authorization, address }: Subscriber): OpenedContext {
    const { requestTimeoutMs: timeoutMs } = this.#deps;
    return openContext(this.#deps, { requestId, authorization, address, timeoutMs, isPassedOn: false });
  }

  /** @throws RefusedSubscription */
  async #prepare(
    { standing }: Subscriber,
    { context }: OpenedContext,
    params: SubscribeParams,
  ): Promise<PricedSubscription> {
    const { budgets, maxCost, sizes, schema } = this.#deps;
    let cost: number;
    let operation: PreparedOperation;
    try {
      operation = await prepareSubscription(this.#deps, params);
      cost = costOf({ schema, ...operation }, sizes()) ?? 0;
      refuseExpensive(cost, maxCost);
    } catch (error) {
      if (budgets) tell(await chargeUnread(budgets, context), standing);
      if (error instanceof GraphQLError) throw new RefusedSubscription([error]);
      throw error;
    }
    const charged = budgets && (await chargeFor(budgets, context, cost));
    if (charged) tell(charged, standing);
    if (charged && !charged.balance.isAllowed) throw new RefusedSubscription([overBudget(charged)]);
    return { operation, cost };
  }

  #operation(note: LiveOperation['note']): LiveOperation {
    return { listOf: this.#deps.listOf, training: this.#deps.training, note };
  }

  /** The first answer was paid for when the subscription began. */
  async #answer(
    begun: Begun,
    sign: LiveSign,
    isFirst: boolean,
    isWanted: () => boolean,
  ): Promise<MadeAnswer | null> {
    const { subscriber, prepared } = begun;
    try {
      if (!isFirst && this.#pushBudget) {
        const paid = await this.#pushBudget.pay(this.#payerOf(subscriber), prepared.cost, isWanted);
        if (!paid) return null;
        tell(paid, subscriber.standing);
      }
      return await this.#queue.run(sign.isExchange, async () =>
        isWanted() ? this.#make(begun, sign) : null,
      );
    } catch (error) {
      const errors = this.formatted(error, subscriber.requestId).map((one) => formatError(one.toJSON(), one));
      return { result: { data: null, errors }, text: '', shown: null, failure: 'INTERNAL_SERVER_ERROR' };
    }
  }

  #payerOf({ authorization, address }: Subscriber): Payer {
    const viewer = this.#deps.viewerOf(authorization);
    return {
      app: this.#deps.appOf(authorization, address),
      viewerId: async () => (await viewer())?.userId ?? null,
      address,
    };
  }

  async #make({ subscriber, prepared, source }: Begun, sign: LiveSign): Promise<MadeAnswer> {
    const { operation } = prepared;
    const opened = this.#open(subscriber);
    const { context } = opened;
    let shown: string | null = null;
    context.live = this.#operation((state, digest) => {
      source.state = state;
      shown = digest;
    });
    const span = openSpan({
      name: `subscription ${(operation.operationName ?? '').slice(0, 64)}`.trim(),
      kind: 'internal',
      facts: { 'pocketrocket.request_id': subscriber.requestId, 'pocketrocket.cost': prepared.cost },
    });
    try {
      const execute = () => this.#deps.execute({ ...operation, contextValue: context, rootValue: sign });
      const raw = await (span ? span.run(execute) : execute());
      const { answer, text } = await this.#deps.write(this.#masked(opened, raw, operation.operationName));
      return { result: answer, text, shown, failure: failureOf(answer) };
    } finally {
      span?.end();
      opened.clear();
    }
  }

  #masked(
    { context }: OpenedContext,
    { data, errors }: ExecutionResult,
    operationName: string | null,
  ): FormattedExecutionResult {
    if (!errors || errors.length === 0) return { data: data ?? null };
    logFailures(context.logger, errors, operationName);
    return { data: data ?? null, errors: errors.map((error) => formatError(error.toJSON(), error)) };
  }
}

interface PricedSubscription {
  operation: PreparedOperation;
  cost: number;
}

interface Begun {
  subscriber: Subscriber;
  prepared: PricedSubscription;
  source: Signs;
}

/** Whoever has used up the budget is kept out by the front. */
function tell(standing: Standing, told: Subscriber['standing']): void {
  const { key, rules, balance } = standing;
  if (balance.remaining < REFUSAL_UNITS) told({ key, rules, balance });
}

function failureOf({ data, errors }: FormattedExecutionResult): string | null {
  if (data || !errors?.[0]) return null;
  const code = errors[0].extensions?.['code'];
  return typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR';
}

/** True for the error of a sign-in that holds no more. */
export function isUnauthenticated(error: unknown): boolean {
  return error instanceof AppError && error.code === 'UNAUTHENTICATED';
}
