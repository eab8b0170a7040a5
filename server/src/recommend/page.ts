import {
  Recommendation,
  RecommendationReason,
  type Movie,
  type RecommendationConnection,
} from '@pocketrocket/schema';
import { toConnection } from '../services/connections.ts';
import { hydrate } from '../services/hydrate.ts';
import type { RequestScope } from '../services/requestScope.ts';
import { encodeListCursor } from './pinnedLists.ts';
import type { ListEntry, ServedList } from './servedList.ts';

/** Which part of which list a page is. */
export interface PagePlace {
  /** See `ListCursor`. */
  question: string;
  list: string;
  /** Index of the first entry. */
  start: number;
  first: number;
}

/** A page of a list, with its movies and those of its reasons read in one batch. */
export async function toPage(
  scope: RequestScope,
  served: ServedList,
  { question, list, start, first }: PagePlace,
): Promise<RecommendationConnection> {
  const shown = served.entries(start, first).map((entry, offset) => ({ entry, place: start + offset }));
  const given = shown.flatMap(({ entry, place }) => entry.reasons.map((reason) => ({ ...reason, place })));
  const [recommended, hydrated] = await Promise.all([
    hydrate(scope, shown, ({ entry }) => entry.movieId),
    hydrate(scope, given, ({ movieId }) => movieId),
  ]);
  const reasons: RecommendationReason[][] = shown.map(() => []);
  for (const { of: reason, movie } of hydrated)
    reasons[reason.place - start]?.push(
      Object.assign(new RecommendationReason(), { movie, weight: reason.weight }),
    );
  const edges = recommended.map(({ of: { entry, place }, movie }) => ({
    cursor: encodeListCursor({ question, list, place }),
    node: toRecommendation(entry, place, movie, reasons[place - start] ?? []),
  }));
  const { modelVersion, ranker, candidateCount, degradedReason } = served;
  return {
    ...toConnection(edges, start + first < served.length, start > 0),
    served: { modelVersion, ranker, candidateCount, degraded: degradedReason !== null, degradedReason },
  };
}

function toRecommendation(
  { score, similarity, source }: ListEntry,
  place: number,
  movie: Movie,
  reasons: RecommendationReason[],
): Recommendation {
  return Object.assign(new Recommendation(), {
    rank: place + 1,
    movie,
    score,
    similarity,
    sources: [source],
    reasons,
  });
}
