import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum EventKind {
  RATING = 'rating',
  VIEW = 'view',
  WATCH = 'watch',
  LIKE = 'like',
  DISLIKE = 'dislike',
  DISMISS = 'dismiss',
  RESTORE = 'restore',
  IMPRESSION = 'impression',
  CLICK = 'click',
}

registerEnumType(EventKind, {
  name: 'EventKind',
  description: 'What a user did with a movie, and the rating that it comes to.',
  valuesConfig: {
    RATING: { description: 'Rated it: `value`, 0.5 to 5. It counts before all else.' },
    VIEW: { description: 'Looked at its page: no rating.' },
    WATCH: {
      description:
        'Watched it, `value` being the share watched, 0 to 1: 4.5 stars from 0.9, 4 from 0.6, 3 from 0.3, 2.5 from 0.1, below that no rating. The largest share counts.',
    },
    LIKE: { description: 'Liked it: 5 stars, unless it was rated.' },
    DISLIKE: { description: 'Disliked it: 1 star, unless it was rated.' },
    DISMISS: { description: "Wants it in no list any more: no rating; it is left out of the user's lists." },
    RESTORE: { description: 'Takes DISMISS back.' },
    IMPRESSION: { description: 'Was shown it: no rating.' },
    CLICK: { description: 'Followed a link to it: no rating.' },
  },
});

@InputType({ description: "An app's user." })
export class AppUserInput {
  @Field(() => String, { description: 'As the app calls the user, up to 200 characters.' })
  externalId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Display name, up to 100 characters; what is left out stays.',
  })
  name?: string | null;
}

@ObjectType({ description: 'Users that were written.' })
export class UpsertUsersPayload {
  @Field(() => Int, { description: 'Number of users that are new.' })
  createdCount!: number;

  @Field(() => Int, { description: 'Number of users that were there.' })
  updatedCount!: number;
}

@ObjectType({ description: 'Users that were deleted.' })
export class DeleteUsersPayload {
  @Field(() => Int, { description: 'Number of users that were deleted.' })
  deletedCount!: number;

  @Field(() => [String], { description: 'Those of the ids that no user of the app has.' })
  unknownExternalIds!: string[];
}

@InputType({ description: 'Something that a user did with a movie.' })
export class EventInput {
  @Field(() => String, {
    description:
      'Chosen by the app, up to 100 characters, such as a UUID: an event that is sent again is stored once.',
  })
  eventId!: string;

  @Field(() => String, { description: 'As the app calls the user; one who is new is made.' })
  userExternalId!: string;

  @Field(() => EventKind, { description: 'What the user did.' })
  kind!: EventKind;

  @Field(() => Int, { nullable: true, description: "The movie's number; this or `externalId`." })
  movieId?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "The movie's id as the app wrote it, else as the data set's files write it.",
  })
  externalId?: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Of RATING 0.5 to 5 in half steps, of WATCH the share watched, 0 to 1; none of all others.',
  })
  value?: number | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Time of the event, not in the future; now without it.',
  })
  occurredAt?: Date | null;
}

@ObjectType({ description: 'An event that was not stored.' })
export class RefusedEvent {
  @Field(() => String, { description: 'The id of the event.' })
  eventId!: string;

  @Field(() => String, { description: 'What is wrong with it.' })
  reason!: string;
}

@ObjectType({ description: 'Events that were sent.' })
export class RecordEventsPayload {
  @Field(() => Int, { description: 'Number of events that were stored.' })
  storedCount!: number;

  @Field(() => Int, { description: 'Number of events that had been stored before, or came twice.' })
  duplicateCount!: number;

  @Field(() => [RefusedEvent], { description: 'Events that were not stored; all others were.' })
  refused!: RefusedEvent[];
}
