import { Field, Float, Int, ObjectType } from 'type-graphql';
import { edgeType, PageInfo, type Connection, type Edge } from './connections.ts';
import { CandidateSource, PopularityReason, Ranker } from './enums.ts';
import { Movie } from './movie.ts';

@ObjectType({ description: 'One of the movies behind a recommendation: "because you liked …".' })
export class RecommendationReason {
  @Field(() => Movie, { description: 'The movie from the history.' })
  movie!: Movie;

  @Field(() => Float, {
    description: "Its contribution to the candidate stage's part of the score; higher counts more.",
  })
  weight!: number;
}

@ObjectType({ description: 'A recommended movie, with its sources and reasons.' })
export class Recommendation {
  @Field(() => Int, { description: 'Place in the list; 1 is best.' })
  rank!: number;

  @Field(() => Movie, { description: 'The movie.' })
  movie!: Movie;

  @Field(() => Float, {
    description:
      '0 to 1, comparable within one list; a calibrated probability where the ranker is NEURAL_CF.',
  })
  score!: number;

  @Field(() => Float, {
    nullable: true,
    description: "The candidate stage's score: inner product of user and item embedding.",
  })
  similarity!: number | null;

  @Field(() => [CandidateSource], { description: 'The kinds of models that proposed the movie.' })
  sources!: CandidateSource[];

  @Field(() => [RecommendationReason], {
    description: 'The rated movies that contributed most to its score, strongest first.',
  })
  reasons!: RecommendationReason[];
}

export const RecommendationEdge = edgeType('Recommendation', () => Recommendation, 'recommendations');
export type RecommendationEdge = Edge<Recommendation>;

@ObjectType({ description: 'Provenance of a list: model, ranker, and whether it is degraded.' })
export class Served {
  @Field(() => String, { nullable: true, description: 'Version of the model that served; null without one.' })
  modelVersion!: string | null;

  @Field(() => Ranker, { description: 'The method that ordered the list.' })
  ranker!: Ranker;

  @Field(() => Int, { description: 'Number of candidates that the ranker received.' })
  candidateCount!: number;

  @Field(() => Boolean, {
    description: 'True if a part of the system is missing or failed, so that the list is of lower quality.',
  })
  degraded!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Reason of the degradation, in words; null when not degraded.',
  })
  degradedReason!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Reason why the list is empty, in words, such as that every movie is rated; null when it is not.',
  })
  emptyReason!: string | null;

  @Field(() => PopularityReason, {
    nullable: true,
    description: 'Reason why the list is one of popular movies; null where it is not.',
  })
  popularityReason!: PopularityReason | null;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the experiment that the user is in; null without one.',
  })
  experiment!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Name of the experiment's arm by which the list was made; null without one.",
  })
  arm!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Revision of the ratings and dismissed movies that the list was made of, as `User.ratingsRevision` tells it; null where it was not made for a user.',
  })
  ratingsRevision!: string | null;
}

@ObjectType({ description: 'A page of recommendations, with the provenance of the list.' })
export class RecommendationConnection implements Connection<Recommendation> {
  @Field(() => [RecommendationEdge], { description: 'The entries of the page, each with its cursor.' })
  edges!: RecommendationEdge[];

  @Field(() => [Recommendation], { description: 'The entries of the page, without cursors.' })
  nodes!: Recommendation[];

  @Field(() => PageInfo, { description: 'Position of the page in the list.' })
  pageInfo!: PageInfo;

  @Field(() => Served, { description: 'Provenance of the list.' })
  served!: Served;

  @Field(() => [Int], {
    description:
      'Movies rated in the request that do not exist and were left out, in the order given; empty for lists of users.',
  })
  skippedMovieIds!: number[];
}
