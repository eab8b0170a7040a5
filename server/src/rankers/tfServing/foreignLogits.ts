import { neuralCFLogits } from '@pocketrocket/engine';
import { logit, type LoadedModel, type Profile } from '@pocketrocket/model';
import { LRUCache } from 'lru-cache';
import { withRetrievalOrder } from '../tfjs/tfjsRanker.ts';
import { asInput, type ForeignForm } from './servedModel.ts';
import { TfServingRefusal, type TfServingClient } from './tfServingClient.ts';

/** Users whom a model refused are remembered, so that each costs one question. */
const REMEMBERED_USERS = 10_000;

/** Scores by a model that others made; whom it does not know is left to the engine. */
export class ForeignLogits {
  readonly #refused = new LRUCache<string, true>({ max: REMEMBERED_USERS });
  readonly #client: TfServingClient;

  constructor(client: TfServingClient) {
    this.#client = client;
  }

  /**
   * One logit per item, [items.length]. Movies that were not there at training stand where retrieval puts them: the engine's scores and
   * another model's do not compare.
   * @throws TfServingRefusal the first time that the model refuses a user; AppError UPSTREAM_UNAVAILABLE
   */
  async logits(
    { version, form }: { version: number; form: ForeignForm },
    model: LoadedModel,
    { userId, user }: Profile,
    items: Int32Array,
  ): Promise<Float32Array | null> {
    const byEngine = () => neuralCFLogits(model.recommender, user, items);
    if (userId === null || model.users.indexOf(userId) < 0) return byEngine();
    const key = `${version} ${userId}`;
    if (this.#refused.has(key)) return byEngine();
    const movieIds = Array.from(items)
      .filter((item) => item < model.numTrainedItems)
      .map((item) => model.items.externalId(item));
    if (movieIds.length === 0) return byEngine();
    const userIds = movieIds.map(() => userId);
    const inputs = { userId: asInput(userIds, form.userId), movieId: asInput(movieIds, form.movieId) };
    try {
      const ask = { version, signature: 'serving_default', output: form.output } as const;
      const probabilities = await this.#client.predict(ask, inputs, movieIds.length);
      let next = 0;
      return withRetrievalOrder(
        Array.from(items, (item) =>
          item < model.numTrainedItems ? logit(probabilities[next++] ?? 0) : null,
        ),
      );
    } catch (error) {
      if (error instanceof TfServingRefusal) this.#refused.set(key, true);
      throw error;
    }
  }
}
