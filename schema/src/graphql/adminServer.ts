import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Memory of a cache, of all API threads together.' })
export class CacheUse {
  @Field(() => String, { description: 'Its name in metrics and docs.' })
  name!: string;

  @Field(() => Float, { description: 'Bytes that it holds, as estimated.' })
  bytes!: number;

  @Field(() => Float, { description: 'Bytes that it may hold.' })
  maxBytes!: number;
}

@ObjectType({ description: 'Time that a step of requests took since the server began, of all API threads.' })
export class StepTime {
  @Field(() => String, { description: 'Name of the step, such as `rank`.' })
  step!: string;

  @Field(() => Int, { description: 'How often it was done.' })
  count!: number;

  @Field(() => Float, { description: 'Mean milliseconds between its begin and end, waiting included.' })
  meanMs!: number;
}

@ObjectType({ description: 'State of the server that answers.' })
export class Health {
  @Field(() => Boolean, { description: 'True where it should be sent requests, as `/readyz` says.' })
  isReady!: boolean;

  @Field(() => [String], { description: 'What is wrong, in sentences; empty while all is well.' })
  problems!: string[];

  @Field(() => String, { nullable: true, description: 'Data set of the database; null while it is empty.' })
  dataset!: string | null;

  @Field(() => String, { nullable: true, description: 'Version of the model that serves.' })
  modelVersion!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Version that TensorFlow Serving ranks with; null without it.',
  })
  rankerVersion!: string | null;

  @Field(() => GraphQLDateTime, { description: 'When this server began; counts are from then on.' })
  startedAt!: Date;

  @Field(() => Int, { description: 'API threads that answered just now.' })
  threadCount!: number;

  @Field(() => Int, { description: 'Requests to the API.' })
  requestCount!: number;

  @Field(() => Int, { description: 'Requests to the API whose answers had errors.' })
  failedRequestCount!: number;

  @Field(() => Int, { description: 'Requests that were answered 503: overload, deadlines, lost threads.' })
  shedRequestCount!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean milliseconds from head to end; null without any.',
  })
  meanRequestMs!: number | null;

  @Field(() => Int, { description: 'Lists of recommendations that were made.' })
  listCount!: number;

  @Field(() => Int, { description: 'Lists that were less than they should be.' })
  degradedListCount!: number;

  @Field(() => Float, { nullable: true, description: 'Share of degraded lists, 0 to 1; null without lists.' })
  degradedShare!: number | null;

  @Field(() => Float, { description: 'Bytes of memory that the process occupies.' })
  memoryBytes!: number;

  @Field(() => [CacheUse], { description: 'Caches and their bounds.' })
  caches!: CacheUse[];

  @Field(() => [StepTime], { description: 'Where the time of requests goes.' })
  steps!: StepTime[];
}

@ObjectType({ description: 'A client as budgets know it, and what it used lately.' })
export class BudgetClient {
  @Field(() => String, {
    description:
      '`account:` and its user, `key:` and its id, or `address:` and the network: IPv6 by its /64.',
  })
  client!: string;

  @Field(() => Float, { description: 'Units of cost that it used: 50 µs of CPU each.' })
  units!: number;

  @Field(() => Int, { description: 'Requests that were refused for lack of units.' })
  refusedCount!: number;
}

@ObjectType({ description: 'Budgets of clients: the settings, and who uses them on this server.' })
export class Budgets {
  @Field(() => Boolean, { description: 'False where `BUDGET_PER_SECOND` is 0: nobody is limited.' })
  isOn!: boolean;

  @Field(() => Int, { description: '`BUDGET_BURST`: units that a client may use at once.' })
  burst!: number;

  @Field(() => Float, { description: '`BUDGET_PER_SECOND`: units a second that an address gets back.' })
  perSecond!: number;

  @Field(() => Float, { description: '`BUDGET_ACCOUNT_PER_SECOND`: units a second of an account.' })
  accountPerSecond!: number;

  @Field(() => Float, {
    description: '`BUDGET_KEY_PER_SECOND`: units a second of an API key that has no number of its own.',
  })
  keyPerSecond!: number;

  @Field(() => Int, { description: '`MAX_COST`: units that one operation may cost.' })
  maxCost!: number;

  @Field(() => Boolean, { description: 'True where all servers count together, through Redis.' })
  isShared!: boolean;

  @Field(() => Int, { description: 'Requests that this server refused for lack of units since it began.' })
  refusedCount!: number;

  @Field(() => GraphQLDateTime, { description: 'What `clients` used is counted from here on.' })
  since!: Date;

  @Field(() => [BudgetClient], {
    description: 'Who used most since then, up to 50; rare clients may be missing where there are very many.',
  })
  clients!: BudgetClient[];
}

@ObjectType({ description: 'What lists of recommendations showed of the catalogue lately, on this server.' })
export class Coverage {
  @Field(() => GraphQLDateTime, { description: 'Shown places are counted from here on: one to two days.' })
  since!: Date;

  @Field(() => Float, { description: 'Places in lists that were shown.' })
  shownCount!: number;

  @Field(() => Int, { description: 'Different movies among them.' })
  shownMovieCount!: number;

  @Field(() => Int, { description: 'Movies of the catalogue.' })
  movieCount!: number;

  @Field(() => Float, { nullable: true, description: 'Share of the catalogue that was shown, 0 to 1.' })
  share!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Gini index of how often each movie was shown: 0 all alike, towards 1 few movies alone.',
  })
  gini!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Mean place of what was shown among all movies by number of ratings, 0 the most rated, 1 the least; .5 would be no bias.',
  })
  meanPopularityRank!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of what was shown that is among the hundredth of movies with the most ratings.',
  })
  headShare!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of all ratings that are of that hundredth: what users watch without lists.',
  })
  headShareOfRatings!: number | null;
}
