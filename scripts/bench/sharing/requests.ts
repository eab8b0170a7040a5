import { seededRandom } from '@pocketrocket/engine';
import {
  buildProfile,
  inProcessRanker,
  inProcessVectorStore,
  recommend,
  type LoadedModel,
  type RatedMovie,
} from '@pocketrocket/model';

const PORTS = { vectorStore: inProcessVectorStore, ranker: inProcessRanker };
/** Ratings in a made-up history. */
const LENGTH = 60;
const SHOWN = 10;

/** Histories of made-up users: the lower a movie's row, the more of them rated it. */
export function madeUpHistories({ items, numTrainedItems }: LoadedModel, count: number): RatedMovie[][] {
  const random = seededRandom(1);
  return Array.from({ length: count }, () =>
    Array.from({ length: LENGTH }, (_, place) => ({
      movieId: items.externalId(Math.floor(numTrainedItems * random() ** 3)),
      rating: 0.5 * (1 + Math.floor(10 * random())),
      ratedAtSeconds: 1_500_000_000 + 86_400 * place,
    })),
  );
}

/** A server's work on a model for each history in turn: profile, candidates, ranking, reasons of the ten shown. */
export async function serveAll(model: LoadedModel, histories: readonly RatedMovie[][]): Promise<void> {
  for (const rated of histories) {
    const profile = buildProfile(model, rated, null);
    if (!profile) throw new Error('the model knows none of the movies');
    const eligible = new Uint8Array(model.recommender.numItems).fill(1);
    for (const item of profile.items) eligible[item] = 0;
    const list = await recommend(PORTS, model, { profile, eligible, diversity: 0 });
    if (list.entries(0, SHOWN).length !== SHOWN) throw new Error(`fewer than ${SHOWN} recommendations`);
  }
}
