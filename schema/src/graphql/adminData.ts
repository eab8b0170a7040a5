import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType, type CountedConnection } from './connections.ts';
import { AccountRole } from './enums.ts';

@ObjectType({ description: 'An account as administrators see it.' })
export class AccountOverview {
  @Field(() => Int, { description: "Number of the account's user." })
  userId!: number;

  @Field(() => String, { description: 'Display name.' })
  name!: string;

  @Field(() => String, { description: 'Email address.' })
  email!: string;

  @Field(() => Boolean, { description: 'True once the link that was sent to the address was followed.' })
  emailConfirmed!: boolean;

  @Field(() => AccountRole, { description: 'What it may do.' })
  role!: AccountRole;

  @Field(() => Boolean, { description: 'True where everybody may read its ratings.' })
  sharesRatings!: boolean;

  @Field(() => Int, { description: 'Movies that it has rated.' })
  ratingCount!: number;

  @Field(() => Int, { description: 'Sessions that have not ended.' })
  sessionCount!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was opened.' })
  createdAt!: Date;
}

export const AccountConnection = connectionType('Account', () => AccountOverview, 'accounts');
export type AccountConnection = CountedConnection<AccountOverview>;

@ObjectType({ description: 'The data that the server recommends from.' })
export class CatalogueState {
  @Field(() => String, { nullable: true, description: 'Data set; null while the database is empty.' })
  dataset!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was imported.' })
  importedAt!: Date | null;

  @Field(() => Int, { description: 'Movies.' })
  movieCount!: number;

  @Field(() => Int, { description: 'Genres.' })
  genreCount!: number;

  @Field(() => Int, { description: 'Users of the data set; accounts are not among them.' })
  userCount!: number;

  @Field(() => Int, { description: 'Accounts.' })
  accountCount!: number;

  @Field(() => Int, { description: 'Users of apps; they are not among the users of the data set.' })
  appUserCount!: number;

  @Field(() => Int, { description: 'Movies for which apps have ids of their own: added by them, or linked.' })
  appMovieCount!: number;

  @Field(() => Int, { description: 'Ratings, those of accounts included.' })
  ratingCount!: number;

  @Field(() => Int, { description: 'Movies without a genre: filters by genre never find them.' })
  withoutGenresCount!: number;

  @Field(() => Int, { description: 'Movies without a year of release.' })
  withoutYearCount!: number;

  @Field(() => Int, { description: 'Movies that nobody has rated.' })
  withoutRatingsCount!: number;

  @Field(() => Int, {
    description: 'Movies that the model was not trained on and that it places by content.',
  })
  placedByContentCount!: number;

  @Field(() => Int, {
    description: 'Movies that the model does not know: they are in no list but popular ones.',
  })
  unknownToModelCount!: number;
}

@ObjectType({ description: 'Values or rows of an import that could not be used.' })
export class SkippedRows {
  @Field(() => String, { description: 'What was wrong with them.' })
  kind!: string;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@ObjectType({ description: 'An import of a data set.' })
export class DataImport {
  @Field(() => ID, { description: 'Names it.' })
  dataImportId!: string;

  @Field(() => String, { description: '`imported` into an empty database, or `replaced` another data set.' })
  status!: string;

  @Field(() => String, { description: 'Name of the data set.' })
  dataset!: string;

  @Field(() => String, { description: 'Digest of its content.' })
  identity!: string;

  @Field(() => Int, { description: 'Its movies.' })
  movieCount!: number;

  @Field(() => Int, { description: 'Its users.' })
  userCount!: number;

  @Field(() => Int, { description: 'Its ratings.' })
  ratingCount!: number;

  @Field(() => [SkippedRows], { description: 'Rows left out and values left empty.' })
  skipped!: SkippedRows[];

  @Field(() => GraphQLDateTime, { description: 'When it began.' })
  startedAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was done.' })
  finishedAt!: Date;
}

export enum WebhookEvent {
  MODEL_PUBLISHED = 'model.published',
  USER_DELETED = 'user.deleted',
}

registerEnumType(WebhookEvent, {
  name: 'WebhookEvent',
  description: 'Events that webhooks are told of.',
  valuesConfig: {
    MODEL_PUBLISHED: { description: 'Another version of the model is published: `model.published`.' },
    USER_DELETED: { description: 'A user was deleted with all data: `user.deleted`.' },
  },
});

@ObjectType({ description: 'An address that is told of events.' })
export class Webhook {
  @Field(() => ID, { description: 'Names it.' })
  webhookId!: string;

  @Field(() => String, { description: 'The address to which events are posted.' })
  url!: string;

  @Field(() => [WebhookEvent], { description: 'The events that it is told of.' })
  events!: WebhookEvent[];

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => Int, { description: 'Deliveries that wait or are tried again.' })
  pendingCount!: number;

  @Field(() => Int, { description: 'Deliveries that were given up after a day; kept for 30 days.' })
  failedCount!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Last attempt; null before the first.' })
  lastAttemptAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'HTTP status of its answer; null without one.' })
  lastStatus!: number | null;

  @Field(() => String, { nullable: true, description: 'Why it failed; null where it did not.' })
  lastProblem!: string | null;
}

@InputType({ description: 'An address, and what it is to be told of.' })
export class CreateWebhookInput {
  @Field(() => String, {
    description:
      'An https address on the public internet, up to 1,000 characters, without user and password.',
  })
  url!: string;

  @Field(() => [WebhookEvent], { description: 'The events, at least one.' })
  events!: WebhookEvent[];
}

@ObjectType({ description: 'A new webhook.' })
export class WebhookPayload {
  @Field(() => Webhook, { description: 'The webhook.' })
  webhook!: Webhook;

  @Field(() => String, { description: 'The secret that signs what is sent; it is told this once.' })
  secret!: string;
}

export enum ExportKind {
  MOVIES = 'movies',
  USERS = 'users',
  RATINGS = 'ratings',
  EVENTS = 'events',
}

registerEnumType(ExportKind, {
  name: 'ExportKind',
  description: 'What an export holds, one JSON object a line.',
  valuesConfig: {
    MOVIES: { description: 'All movies with genres, external ids and counts.' },
    USERS: { description: 'Users with names and numbers of ratings; no email addresses.' },
    RATINGS: { description: 'Ratings by user and movie; events of apps are not among them.' },
    EVENTS: { description: 'Events of apps that share their users; of all apps with `includePrivate`.' },
  },
});

@ObjectType({ description: 'An address from which an export can be fetched until it expires.' })
export class SignedExport {
  @Field(() => ExportKind, { description: 'What it holds.' })
  kind!: ExportKind;

  @Field(() => String, {
    description:
      'The address, for GET without a sign-in: absolute with `PUBLIC_URL`, else a path on this server. Whoever has it may fetch.',
  })
  url!: string;

  @Field(() => GraphQLDateTime, { description: 'Until when a fetch may begin.' })
  expiresAt!: Date;
}

@ObjectType({ description: "An experiment's arm, as far as it was shown." })
export class ExperimentArmState {
  @Field(() => String, { description: 'Its name.' })
  arm!: string;

  @Field(() => Int, { description: 'Users who were shown it.' })
  userCount!: number;

  @Field(() => Int, { description: 'Users and days on which it was shown.' })
  exposureCount!: number;
}

@ObjectType({ description: 'A share, or a difference of two, with its 95 % interval.' })
export class ShareInterval {
  @Field(() => Float, { description: 'Measured value.' })
  mean!: number;

  @Field(() => Float, { description: 'Lower end of the interval.' })
  low!: number;

  @Field(() => Float, { description: 'Upper end of the interval.' })
  high!: number;
}

@ObjectType({ description: 'How an arm of an experiment does.' })
export class ExperimentArmReport {
  @Field(() => String, { description: 'Its name.' })
  arm!: string;

  @Field(() => Float, { description: 'Share of the users that it is to have.' })
  share!: number;

  @Field(() => Int, { description: 'Users who were shown it, and no other arm.' })
  userCount!: number;

  @Field(() => Int, { description: 'Those of them whose time for an outcome is over.' })
  finishedCount!: number;

  @Field(() => ShareInterval, { description: 'Share of the finished ones with an outcome.' })
  rate!: ShareInterval;

  @Field(() => ShareInterval, {
    nullable: true,
    description: "The rate less the first arm's; null for the first arm.",
  })
  difference!: ShareInterval | null;

  @Field(() => String, {
    nullable: true,
    description:
      '`better`, `worse` or `no difference` to the first arm; `running` until every arm has its users; null for the first arm.',
  })
  verdict!: string | null;
}

@ObjectType({ description: 'What came of an experiment so far.' })
export class ExperimentReport {
  @Field(() => [ExperimentArmReport], { description: 'Its arms; the others are compared with the first.' })
  arms!: ExperimentArmReport[];

  @Field(() => Int, { description: 'Finished users that each arm needs for a verdict.' })
  usersNeeded!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Days until every arm has them, as users have come so far; null where none come.',
  })
  daysMissing!: number | null;

  @Field(() => Boolean, {
    description: "True where the arms' users do not fit their shares: then trust no rate.",
  })
  isUneven!: boolean;

  @Field(() => Int, { description: 'Users who were shown several arms; they count in none.' })
  switchedCount!: number;

  @Field(() => Int, { description: 'Days after the first list within which an outcome counts.' })
  withinDays!: number;

  @Field(() => Float, { description: 'Smallest difference of the rates that matters.' })
  minimumEffect!: number;
}

@ObjectType({ description: 'An experiment that users were shown.' })
export class ExperimentState {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => [ExperimentArmState], { description: 'Its arms, by name.' })
  arms!: ExperimentArmState[];

  @Field(() => GraphQLDateTime, { description: 'When somebody was first shown it.' })
  firstShownAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'The same for the last time; today counts once a user.' })
  lastShownAt!: Date;
}
