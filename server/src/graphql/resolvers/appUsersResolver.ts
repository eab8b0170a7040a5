import {
  AppUserInput,
  DeleteUsersPayload,
  EventInput,
  RecordEventsPayload,
  UpsertUsersPayload,
} from '@pocketrocket/schema';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { requireScope } from '../../apps/appAccess.ts';
import { upsertUsers } from '../../apps/appUsers.ts';
import { deleteUsers } from '../../apps/deleteUsers.ts';
import { recordEvents } from '../../events/recordEvents.ts';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';

/** Writes of apps about their users. */
@Resolver()
export class AppUsersResolver {
  constructor(private readonly deps: ApiDeps) {}

  @Mutation(() => UpsertUsersPayload, {
    description:
      "Writes users of the API key's app, 500 a call: those who are new are made. Needs the scope WRITE_EVENTS.",
  })
  async upsertUsers(
    @Arg('users', () => [AppUserInput], { description: 'The users; of two of one id the last one counts.' })
    users: AppUserInput[],
    @Ctx() { app, scope, deadline }: ApiContext,
  ): Promise<UpsertUsersPayload> {
    const access = requireScope(await app(), 'write:events');
    return upsertUsers(this.deps.database, scope, access, users, deadline);
  }

  @Mutation(() => DeleteUsersPayload, {
    description:
      "Deletes users of the API key's app with all that is stored of them, for good, 500 a call. Needs the scope WRITE_EVENTS.",
  })
  async deleteUsers(
    @Arg('externalIds', () => [String], { description: 'As the app calls the users.' })
    externalIds: string[],
    @Ctx() { app, scope, deadline }: ApiContext,
  ): Promise<DeleteUsersPayload> {
    const access = requireScope(await app(), 'write:events');
    const deleted = await deleteUsers(this.deps, access, externalIds, deadline);
    scope.clear();
    return deleted;
  }

  @Mutation(() => RecordEventsPayload, {
    description:
      "Stores what users of the API key's app did, 500 events a call; their next lists are made from it. Events that cannot be used are named, all others are stored, and one that was stored before changes nothing. Needs the scope WRITE_EVENTS.",
  })
  async recordEvents(
    @Arg('events', () => [EventInput], { description: 'The events, in any order.' }) events: EventInput[],
    @Ctx() { app, scope, deadline }: ApiContext,
  ): Promise<RecordEventsPayload> {
    const access = requireScope(await app(), 'write:events');
    return recordEvents(this.deps, scope, access, events, deadline);
  }
}
