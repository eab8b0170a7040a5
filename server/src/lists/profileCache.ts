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

/** Keeps users' profiles as long as the model and their ratings stay as they are. */
export class ProfileCache {
  readonly #profiles: LRUCache<string, ProfiledHistory> | null;
  /** Model that the profiles were made with; those of another model are of no use any more. */
  #model: LoadedModel | null = null;

  /** @param maxBytes of the profiles that are kept, of all users together; 0 keeps none */
  constructor(maxBytes: number) {
    this.#profiles =
      maxBytes === 0
        ? null
        : createByteCache<ProfiledHistory>({
            name: 'profiles',
            maxBytes,
            bytesOf: ({ profile, seen, dismissed }) =>
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
    const key = `${userId} ${ratingsState}`;
    const known = profiles.get(key);
    if (known) return known;
    const made = profileHistory(model, await read(), userId);
    // Meanwhile another model may serve.
    if (model === this.#model) profiles.set(key, made);
    return made;
  }

  /** True where the profile of a user is kept, so that no rating need be read. */
  has(model: LoadedModel | null, userId: number, ratingsState: string): boolean {
    return (
      model !== null && model === this.#model && (this.#profiles?.has(`${userId} ${ratingsState}`) ?? false)
    );
  }

  /** Forgets users' profiles, and what the engine has cached of them. */
  forget(userIds: ReadonlySet<number>): void {
    const profiles = this.#profiles;
    if (!profiles || !this.#model) return;
    for (const [key, { profile }] of profiles.entries()) {
      if (!userIds.has(Number(key.slice(0, key.indexOf(' '))))) continue;
      if (profile) forgetFeatures(this.#model.recommender, profile.user);
      profiles.delete(key);
    }
  }
}
