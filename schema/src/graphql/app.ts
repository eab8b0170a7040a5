import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum ApiScope {
  READ = 'read',
  RECOMMEND = 'recommend',
  WRITE_EVENTS = 'write:events',
  WRITE_CATALOGUE = 'write:catalogue',
  ADMIN = 'admin',
}

registerEnumType(ApiScope, {
  name: 'ApiScope',
  description: 'What an API key may be used for.',
  valuesConfig: {
    READ: { description: "Read the app's own users: `read` on the command line." },
    RECOMMEND: { description: 'Recommendations for them: `recommend`.' },
    WRITE_EVENTS: { description: 'Write users and events: `write:events`.' },
    WRITE_CATALOGUE: { description: 'Write films: `write:catalogue`.' },
    ADMIN: { description: 'What administrators may: `admin`.' },
  },
});

@ObjectType({ description: 'An app of somebody else, with users of its own.' })
export class App {
  @Field(() => ID, { description: "The app's id." })
  appId!: string;

  @Field(() => String, { description: 'Name that its administrator gave it.' })
  name!: string;

  @Field(() => Boolean, {
    description:
      'True if its users and their ratings stand among all others, for everybody to see; false if the app alone sees them.',
  })
  sharesUsers!: boolean;

  @Field(() => GraphQLDateTime, { description: 'Time at which it was made.' })
  createdAt!: Date;
}

@ObjectType({ description: 'An API key, without its secret.' })
export class ApiKey {
  @Field(() => ID, { description: "The key's id: the part of the key that may be told." })
  keyId!: string;

  @Field(() => String, { description: 'Name that its administrator gave it.' })
  name!: string;

  @Field(() => [ApiScope], { description: 'What it may be used for.' })
  scopes!: ApiScope[];

  @Field(() => Int, { description: 'Units of cost that come back to its budget a second.' })
  perSecond!: number;

  @Field(() => Int, { description: 'Units of cost that it may use at once.' })
  burst!: number;

  @Field(() => GraphQLDateTime, { description: 'Time at which it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Time at which it ends; null for one that holds until it is revoked.',
  })
  expiresAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Time of its last use, to the minute; null before the first.',
  })
  lastUsedAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Time at which it was revoked; null while it holds.',
  })
  revokedAt!: Date | null;

  /** The app that it is of. */
  appId!: string;
}

@ObjectType({ description: 'An API key with its secret, which is told this once.' })
export class ApiKeyPayload {
  @Field(() => ApiKey, { description: 'The key.' })
  key!: ApiKey;

  @Field(() => String, {
    description:
      'What to send, as `authorization: Bearer pr_…`. Nobody can read it again: keep it as you keep passwords.',
  })
  secret!: string;
}

@InputType({ description: 'A new app.' })
export class CreateAppInput {
  @Field(() => String, { description: 'Name, up to 100 characters.' })
  name!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'True lets everybody see its users and their ratings. It cannot be changed later.',
  })
  sharesUsers!: boolean;
}

@InputType({ description: 'A new API key.' })
export class CreateApiKeyInput {
  @Field(() => ID, { description: 'The app that it is for.' })
  appId!: string;

  @Field(() => String, { description: 'Name, up to 100 characters, such as `production`.' })
  name!: string;

  @Field(() => [ApiScope], { description: 'What it may be used for; at least one.' })
  scopes!: ApiScope[];

  @Field(() => Int, {
    nullable: true,
    description: 'Units of cost that come back to its budget a second; as the server is set without it.',
  })
  perSecond?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Units of cost that it may use at once; as the server is set without it.',
  })
  burst?: number | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Time at which it ends, in the future; without it, it holds until it is revoked.',
  })
  expiresAt?: Date | null;
}
