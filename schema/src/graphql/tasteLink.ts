import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: "A link to somebody's taste, as whoever was given its token may see it." })
export class TasteLink {
  @Field(() => String, {
    nullable: true,
    description: 'Name of the account, or the one that a visitor gave; null where a visitor gave none.',
  })
  name!: string | null;

  @Field(() => GraphQLDateTime, { description: 'Time from which it holds no more.' })
  expiresAt!: Date;

  @Field(() => Boolean, { description: "True if it leads to the viewer's own ratings." })
  isOwn!: boolean;
}

@ObjectType({ description: "A link to somebody's taste, as whoever made it may see it." })
export class OwnTasteLink {
  @Field(() => String, {
    description: 'Id by which it is taken back; not the token, which is stored as a hash.',
  })
  linkId!: string;

  @Field(() => GraphQLDateTime, { description: 'Time at which it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'Time from which it holds no more.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'A new link.' })
export class CreateTasteLinkPayload {
  @Field(() => String, {
    description:
      'The token to hand on, told only now: whoever has it may put the taste into groups, and reads no ratings by it.',
  })
  token!: string;

  @Field(() => OwnTasteLink, { description: 'The link.' })
  link!: OwnTasteLink;
}
