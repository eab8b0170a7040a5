import { forgetFeatures } from '@pocketrocket/engine';
import { buildProfile, type LoadedModel, type Profile, type RatedMovie } from '@pocketrocket/model';
import { LRUCache } from 'lru-cache';

/** A history as the steps after the first need it. */
export interface ProfiledHistory {
  /** All that was rated, by movieId. */
  seen: Int32Array;
  /** Null when the model knows none of the movies, or when there is no model. */
  profile: Profile | null;
}

/** Step 1: the history in every model's terms. */
export function profileHistory(
  model: LoadedModel | null,
  rated: readonly RatedMovie[],
  userId: number | null,
): ProfiledHistory {
  return {
    seen: Int32Array.from(rated, ({ movieId }) => movieId),
    profile: model && buildProfile(model, rated, userId),
  };
}

/** Keeps users' profiles as long as the model and their ratings stay as they are. */
export class ProfileCache {
  readonly #byModel = new WeakMap<LoadedModel, LRUCache<string, ProfiledHistory>>();
  /** Those that the map knows, as far as they live. */
  readonly #models = new Set<WeakRef<LoadedModel>>();
  readonly #maxRatings: number;

  /** @param maxRatings in the profiles that are kept, of all users together; 0 keeps none */
  constructor(maxRatings: number) {
    this.#maxRatings = maxRatings;
  }

  /**
   * The profile of a user, made where it is not kept.
   * @param ratingsState changes with every change of the user's ratings
   * @param read every rating of the user, oldest first, as of that state or later
   */
  async of(
    model: LoadedModel | null,
    userId: number,
    ratingsState: string,
    read: () => Promise<readonly RatedMovie[]>,
  ): Promise<ProfiledHistory> {
    if (!model || this.#maxRatings === 0) return profileHistory(model, await read(), userId);
    let profiles = this.#byModel.get(model);
    if (!profiles) {
      profiles = new LRUCache({ maxSize: this.#maxRatings, sizeCalculation: ({ seen }) => seen.length + 1 });
      this.#byModel.set(model, profiles);
      this.#models.add(new WeakRef(model));
    }
    const key = `${userId} ${ratingsState}`;
    const known = profiles.get(key);
    if (known) return known;
    const made = profileHistory(model, await read(), userId);
    profiles.set(key, made);
    return made;
  }

  /** The models of which profiles are kept. */
  models(): LoadedModel[] {
    return [...this.#models].flatMap((held) => held.deref() ?? []);
  }

  /** Forgets a user's profiles, and what the engine keeps of them. */
  forget(userId: number): void {
    for (const held of this.#models) {
      const model = held.deref();
      const profiles = model && this.#byModel.get(model);
      if (!profiles) {
        this.#models.delete(held);
        continue;
      }
      for (const [key, { profile }] of profiles.entries()) {
        if (!key.startsWith(`${userId} `)) continue;
        profiles.delete(key);
        if (profile) forgetFeatures(model.recommender, profile.user);
      }
    }
  }
}
