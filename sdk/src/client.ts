import { newEventId, sendInBatches, type Items } from './batches.ts';
import type { Operation } from './documents.ts';
import * as operations from './generated/operations.ts';
import type * as types from './generated/types.ts';
import { Pages, type Page } from './pages.ts';
import { subscribe, type SubscribeOptions } from './subscriptions.ts';
import { Transport, type RequestOptions, type TransportOptions, type Variables } from './transport.ts';

/** The number of a movie, or another id of it. */
export type MovieId = { movieId: number } | { externalId: string } | { imdbId: string } | { tmdbId: number };

/** A user of the data set or an account by its number; an app's own user by the app's id of it, with the app's key. */
export type UserId = { userId: number } | { externalId: string };

export interface ListOptions extends RequestOptions {
  filter?: types.MovieFilter;
  /** 0 keeps the order of the scores; towards 1 the list avoids movies that resemble each other. */
  diversity?: number;
  /** Entries of a page, 1 to 100; 20 unless given. */
  pageSize?: number;
}

/** An event; without an id it gets one, so that it counts once however often it is sent. */
export type NewEvent = Omit<types.EventInput, 'eventId'> & { eventId?: string };

type UpsertUsersPayload = types.UpsertUsersMutation['upsertUsers'];
type DeletedUsers = types.DeleteUsersMutation['deleteUsers'];
type RecordedEvents = types.RecordEventsMutation['recordEvents'];
type UpsertedMovies = types.UpsertMoviesMutation['upsertMovies'];
type DeletedMovies = types.DeleteMoviesMutation['deleteMovies'];
type ListForOne = NonNullable<types.RecommendForManyQuery['recommendForMany']>[number];

const PAGE_SIZE = 20;
/** Entries of a list among the arguments, as the API allows. */
const MAX_ITEMS = 500;
const MAX_REQUESTS = 100;

/** Sends every batch again that may not have arrived: ids make it count once. */
const IDEMPOTENT = { isIdempotent: true } as const;

/** A client of one API. */
export class PocketRocket {
  readonly #transport: Transport;

  constructor(options: TransportOptions) {
    this.#transport = new Transport(options);
  }

  /**
   * The data of any operation.
   * @throws PocketRocketError for errors in the answer, too; its `data` then has what could be read
   */
  async request<Data, Vars>(
    operation: Operation<Data, Vars>,
    variables: Vars,
    options?: RequestOptions,
  ): Promise<Data>;
  async request<Data = unknown>(
    operation: string,
    variables?: Variables,
    options?: RequestOptions,
  ): Promise<Data>;
  async request(
    operation: Operation<unknown, never>,
    variables: unknown = {},
    options: RequestOptions = {},
  ): Promise<unknown> {
    return this.#transport.request(operation, variables as Variables, options);
  }

  /**
   * A list of any query, read page by page.
   * @param operation takes the cursor as variable `after`
   * @param connectionOf finds the list in an answer
   */
  pages<Data, Vars extends { after?: string | null }, P extends Page<unknown>>(
    operation: Operation<Data, Vars>,
    variables: Omit<Vars, 'after'>,
    connectionOf: (data: Data) => P | null | undefined,
    options: RequestOptions = {},
  ): Pages<P['nodes'][number], P> {
    return new Pages<P['nodes'][number], P>(async (after) =>
      connectionOf(await this.request(operation, { ...variables, after } as unknown as Vars, options)),
    );
  }

  /** The results of any subscription, as long as the caller goes on asking; a lost connection is opened again. */
  async *subscribe<Data, Vars>(
    operation: Operation<Data, Vars>,
    variables: Vars,
    options?: SubscribeOptions,
  ): AsyncGenerator<Data, void, undefined> {
    const results = subscribe(this.#transport, operation, variables as Variables, options);
    for await (const data of results) yield data as Data;
  }

  /** A movie; null where there is none. */
  async movie(id: MovieId, options?: RequestOptions) {
    return (await this.request(operations.Movie, id, options)).movie ?? null;
  }

  /** Movies by their numbers, or by other ids, in the order asked; null for what is none. */
  async moviesByIds(ids: { movieIds: number[] } | { externalIds: string[] }, options?: RequestOptions) {
    return (await this.request(operations.MoviesByIds, ids, options)).moviesByIds;
  }

  /** Movies by title, best match first. */
  async searchMovies(query: string, { first = 10, ...options }: RequestOptions & { first?: number } = {}) {
    return (await this.request(operations.SearchMovies, { query, first }, options)).searchMovies ?? [];
  }

  /** All genres, by name. */
  async genres(options?: RequestOptions) {
    return (await this.request(operations.Genres, {}, options)).genres ?? [];
  }

  /** The model that serves; null where none does. */
  async model(options?: RequestOptions) {
    return (await this.request(operations.Model, {}, options)).model ?? null;
  }

  /** All movies that pass a filter. */
  movies({
    filter,
    orderBy = 'WEIGHTED_RATING_DESC',
    pageSize = PAGE_SIZE,
    ...options
  }: Omit<ListOptions, 'diversity'> & { orderBy?: types.MovieOrder } = {}) {
    const variables = { filter, orderBy, first: pageSize };
    return this.pages(operations.Movies, variables, ({ movies }) => movies, options);
  }

  /** Movies that the same people watch, closest first, with the movie itself; null where there is none. */
  async similarMovies(
    movieId: number,
    { first = 10, filter, ...options }: RequestOptions & { first?: number; filter?: types.MovieFilter } = {},
  ) {
    return (await this.request(operations.SimilarMovies, { movieId, first, filter }, options)).movie ?? null;
  }

  /** Movies for ratings that are given along, oldest first; nothing is stored. */
  recommendFor(
    ratings: types.RatingInput[],
    { filter, diversity = 0, pageSize = PAGE_SIZE, ...options }: ListOptions = {},
  ) {
    const variables = { ratings, first: pageSize, filter, diversity };
    return this.pages(operations.RecommendFor, variables, (data) => data.recommendFor, options);
  }

  /** Movies for a user; no entries where there is none, and where the ratings are private. */
  recommendations(
    user: UserId,
    { filter, diversity = 0, pageSize = PAGE_SIZE, ...options }: ListOptions = {},
  ) {
    return this.pages(
      operations.UserRecommendations,
      { ...user, filter, diversity, first: pageSize },
      (data) => data.user?.recommendations,
      options,
    );
  }

  /** The first page of many users' or tastes' lists, in the order asked; null for an unknown user. */
  async recommendForMany(
    requests: Items<types.RecommendForInput>,
    { filter, diversity = 0, pageSize = PAGE_SIZE, ...options }: ListOptions = {},
  ): Promise<ListForOne[]> {
    const lists = await sendInBatches<types.RecommendForInput, ListForOne[]>(requests, {
      size: MAX_REQUESTS,
      send: async (some) => {
        const variables = { requests: [...some], filter, diversity, first: pageSize };
        return (await this.request(operations.RecommendForMany, variables, options)).recommendForMany ?? [];
      },
      merge: (one, next) => [...one, ...next],
    });
    return lists ?? [];
  }

  /** Stores the app's users; those that there are get the new name. */
  async upsertUsers(users: Items<types.AppUserInput>, options?: RequestOptions): Promise<UpsertUsersPayload> {
    const sent = await sendInBatches<types.AppUserInput, UpsertUsersPayload>(users, {
      size: MAX_ITEMS,
      send: async (some) =>
        (await this.#write(operations.UpsertUsers, { users: [...some] }, options)).upsertUsers,
      merge: (one, next) => ({
        createdCount: one.createdCount + next.createdCount,
        updatedCount: one.updatedCount + next.updatedCount,
      }),
    });
    return sent ?? { createdCount: 0, updatedCount: 0 };
  }

  /** Deletes the app's users with everything that is stored of them. */
  async deleteUsers(externalIds: Items<string>, options?: RequestOptions): Promise<DeletedUsers> {
    const sent = await sendInBatches<string, DeletedUsers>(externalIds, {
      size: MAX_ITEMS,
      send: async (some) =>
        (await this.#write(operations.DeleteUsers, { externalIds: [...some] }, options)).deleteUsers,
      merge: mergeDeleted,
    });
    return sent ?? { deletedCount: 0, unknownExternalIds: [] };
  }

  /** Stores what the app's users did. Sent in batches; each event counts once, however often it is sent. */
  async recordEvents(events: Items<NewEvent>, options?: RequestOptions): Promise<RecordedEvents> {
    const sent = await sendInBatches<types.EventInput, RecordedEvents>(withIds(events), {
      size: MAX_ITEMS,
      send: async (some) =>
        (await this.#write(operations.RecordEvents, { events: [...some] }, options)).recordEvents,
      merge: (one, next) => ({
        storedCount: one.storedCount + next.storedCount,
        duplicateCount: one.duplicateCount + next.duplicateCount,
        refused: [...one.refused, ...next.refused],
      }),
    });
    return sent ?? { storedCount: 0, duplicateCount: 0, refused: [] };
  }

  /** Stores films of the app; one that was deleted comes back. */
  async upsertMovies(movies: Items<types.MovieInput>, options?: RequestOptions): Promise<UpsertedMovies> {
    const sent = await sendInBatches<types.MovieInput, UpsertedMovies>(movies, {
      size: MAX_ITEMS,
      send: async (some) =>
        (await this.#write(operations.UpsertMovies, { movies: [...some] }, options)).upsertMovies,
      merge: (one, next) => ({
        createdCount: one.createdCount + next.createdCount,
        updatedCount: one.updatedCount + next.updatedCount,
        movies: [...one.movies, ...next.movies],
      }),
    });
    return sent ?? { createdCount: 0, updatedCount: 0, movies: [] };
  }

  /** Hides films of the app; `upsertMovies` brings them back. */
  async deleteMovies(externalIds: Items<string>, options?: RequestOptions): Promise<DeletedMovies> {
    const sent = await sendInBatches<string, DeletedMovies>(externalIds, {
      size: MAX_ITEMS,
      send: async (some) =>
        (await this.#write(operations.DeleteMovies, { externalIds: [...some] }, options)).deleteMovies,
      merge: mergeDeleted,
    });
    return sent ?? { deletedCount: 0, unknownExternalIds: [] };
  }

  /** A user's list now and whenever it changes; without a user that of whoever is signed in. */
  async *recommendationsChanged(
    user: Partial<{ userId: number; externalId: string }> = {},
    { pageSize = PAGE_SIZE, ...options }: SubscribeOptions & { pageSize?: number } = {},
  ) {
    const variables = { userId: user.userId, userExternalId: user.externalId, first: pageSize };
    const changes = this.subscribe(operations.RecommendationsChanged, variables, options);
    for await (const { recommendationsChanged } of changes) yield recommendationsChanged;
  }

  /** The progress of trainings. */
  async *trainingChanged(options: SubscribeOptions = {}) {
    for await (const { trainingChanged } of this.subscribe(operations.TrainingChanged, {}, options))
      yield trainingChanged;
  }

  #write<Data, Vars>(operation: Operation<Data, Vars>, variables: Vars, options?: RequestOptions) {
    return this.request(operation, variables, { ...options, ...IDEMPOTENT });
  }
}

async function* withIds(events: Items<NewEvent>): AsyncGenerator<types.EventInput, void, undefined> {
  for await (const event of events) yield { ...event, eventId: event.eventId ?? newEventId() };
}

function mergeDeleted<Deleted extends { deletedCount: number; unknownExternalIds: string[] }>(
  one: Deleted,
  next: Deleted,
): Deleted {
  return {
    ...one,
    deletedCount: one.deletedCount + next.deletedCount,
    unknownExternalIds: [...one.unknownExternalIds, ...next.unknownExternalIds],
  };
}
