import { CANDIDATE_SOURCES } from '@pocketrocket/model/sources';
import {
  Recommendation,
  RecommendationReason,
  type Movie,
  type RecommendationConnection,
  type Served,
} from '@pocketrocket/schema';
import { toConnection } from '../arguments/connections.ts';
import { withMovies } from '../loaders/withMovies.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { publicReason } from '../model/publicReason.ts';
import { encodeListCursor, type ListCursor } from './listCursor.ts';
import { countShown } from './shownCounts.ts';
import type { ListEntry, ServedList } from './servedList.ts';

/** The place of a page in a list. */
export interface PagePlace {
  /** See `ListCursor`. */
  question: string;
  list: string;
  /** Index of the first entry. */
  start: number;
  first: number;
  /** Rated movies that do not exist. */
  skippedMovieIds: readonly number[];
}

/** A page of a list, with its movies and those of its reasons read in one batch. */
export async function toPage(
  scope: RequestScope,
  served: ServedList,
  { question, list, start, first, skippedMovieIds }: PagePlace,
): Promise<RecommendationConnection> {
  const shown = served.entries(start, first).map((entry, offset) => ({ entry, place: start + offset }));
  countShown(shown.map(({ entry }) => entry.movieId));
  const given = shown.flatMap(({ entry, place }) => entry.reasons.map((reason) => ({ reason, place })));
  const [recommended, paired] = await Promise.all([
    withMovies(scope, shown, ({ entry }) => entry.movieId),
    withMovies(scope, given, ({ reason }) => reason.movieId),
  ]);
  const reasons: RecommendationReason[][] = shown.map(() => []);
  for (const {
    of: { reason, place },
    movie,
  } of paired)
    reasons[place - start]?.push(toReason(movie, reason.weight));
  const edges = recommended.map(
    ({ of: { entry, place }, movie }) =>
      new ListEdge(toRecommendation(entry, place, movie, reasons[place - start] ?? []), {
        question,
        list,
        place,
      }),
  );
  return {
    ...toConnection(edges, start + first < served.length, start > 0),
    served: toServed(served),
    skippedMovieIds: [...skippedMovieIds],
  };
}

/** Says where a list comes from, as whoever asks may know it. */
export function toServed({
  modelVersion,
  ranker,
  candidateCount,
  emptyReason,
  popularityReason,
  experiment,
  arm,
  ratingsRevision,
  ...served
}: Omit<ServedList, 'length' | 'entries' | 'bytes'>): Served {
  const degradedReason = served.degradedReason && publicReason(served.degradedReason);
  return {
    modelVersion,
    ranker,
    candidateCount,
    degraded: degradedReason !== null,
    degradedReason,
    emptyReason,
    popularityReason,
    experiment,
    arm,
    ratingsRevision,
  };
}

/** Makes its cursor when somebody asks for it: few ask for edges. */
class ListEdge {
  readonly node: Recommendation;
  readonly #at: ListCursor;

  constructor(node: Recommendation, at: ListCursor) {
    this.node = node;
    this.#at = at;
  }

  get cursor(): string {
    return encodeListCursor(this.#at);
  }
}

function toReason(movie: Movie, weight: number): RecommendationReason {
  const reason = new RecommendationReason();
  reason.movie = movie;
  reason.weight = weight;
  return reason;
}

function toRecommendation(
  { score, similarity, source }: ListEntry,
  place: number,
  movie: Movie,
  reasons: RecommendationReason[],
): Recommendation {
  const one = new Recommendation();
  one.rank = place + 1;
  one.movie = movie;
  one.score = score;
  one.similarity = similarity;
  one.sources = [CANDIDATE_SOURCES[source]];
  one.reasons = reasons;
  return one;
}
