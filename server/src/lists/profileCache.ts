import { forgetFeatures } from '@pocketrocket/engine';
import { buildProfile, type LoadedModel, type Profile, type RatedMovie } from '@pocketrocket/model';
import type { LRUCache } from 'lru-cache';
import { createByteCache } from '../caches/byteCache.ts';
import { bytesOfProfile } from './profileBytes.ts';

/** A history as the steps after the first need it. */
export interface ProfiledHistory {
  /** All that was rated, by movieId. */
  seen: Int32Array;
  /** All that was dismissed, by movieId. */
  dismissed: Int32Array;
  /** Null when the model knows none of the movies, or when there is no model. */
  profile: Profile | null;
}

/** The stored facts about a user that lists are made from. */
export interface UserHistory {
  /** Oldest first. */
  rated: readonly RatedMovie[];
  /** Numbers of movies that must not be in lists. */
  dismissed: readonly number[];
}

/** Step 1: the history in every model's terms. */
export function profileHistory(
  model: LoadedModel | null,
  { rated, dismissed }: UserHistory,
  userId: number | null,
): ProfiledHistory {
  return {
    seen: Int32Array.from(rated, ({ movieId }) => movieId),
    dismissed: Int32Array.from(dismissed),
    profile: model && buildProfile(model, rated, userId),
  };
}

interface Kept {
  /** Of the ratings and dismissed movies that the profile was made of. */
  ratingsState: string;
  history: ProfiledHistory;
}

/** Keeps users' profiles, the latest of each, as long as the model and their ratings stay as they are. */
export class ProfileCache {
  /** By userId. */
  readonly #profiles: LRUCache<number, Kept> | null;
  /** Model that the profiles were made with; those of another model are of no use any more. */
  #model: LoadedModel | null = null;

  /** @param maxBytes of the profiles that are kept, of all users together; 0 keeps none */
  constructor(maxBytes: number) {
    this.#profiles =
      maxBytes === 0
        ? null
        : createByteCache<Kept, number>({
            name: 'profiles',
            maxBytes,
            bytesOf: ({ history: { profile, seen, dismissed } }) =>
              bytesOfProfile(profile, seen.length + dismissed.length),
          });
  }

  /**
   * The profile of a user, made where it is not kept.
   * @param ratingsState changes with every change of the user's ratings and dismissed movies
   * @param read what is stored of the user, as of that state or later
   */
  async of(
    model: LoadedModel | null,
    userId: number,
    ratingsState: string,
    read: () => Promise<UserHistory>,
  ): Promise<ProfiledHistory> {
    const profiles = this.#profiles;
    if (!model || !profiles) return profileHistory(model, await read(), userId);
    if (model !== this.#model) {
      profiles.clear();
      this.#model = model;
    }
    const known = profiles.get(userId);
    if (known?.ratingsState === ratingsState) return known.history;
    const history = profileHistory(model, await read(), userId);
    // Meanwhile another model may serve.
    if (model === this.#model) {
      this.#drop(userId);
      profiles.set(userId, { ratingsState, history });
    }
    return history;
  }

  /** True where the profile of a user is kept, so that no rating need be read. */
  has(model: LoadedModel | null, userId: number, ratingsState: string): boolean {
    const isOfModel = model !== null && model === this.#model;
    return isOfModel && this.#profiles?.peek(userId)?.ratingsState === ratingsState;
  }

  /** Forgets users' profiles, and what the engine has cached of them. */
  forget(userIds: ReadonlySet<number>): void {
    for (const userId of userIds) this.#drop(userId);
  }

  #drop(userId: number): void {
    const profile = this.#profiles?.peek(userId)?.history.profile;
    if (profile && this.#model) forgetFeatures(this.#model.recommender, profile.user);
    this.#profiles?.delete(userId);
  }
}
