import { Field, Float, Int, ObjectType } from 'type-graphql';
import { edgeType, PageInfo, type Connection, type Edge } from './connections.ts';
import { CandidateSource, Ranker } from './enums.ts';
import { Movie } from './movie.ts';

@ObjectType({ description: 'One of the movies behind a recommendation: "because you liked …".' })
export class RecommendationReason {
  @Field(() => Movie, { description: 'The movie from the history.' })
  movie!: Movie;

  @Field(() => Float, {
    description:
      "Its term in the sum that makes the candidate stage's part of the score; higher counts more.",
  })
  weight!: number;
}

@ObjectType({ description: 'A movie proposed to a user, with how it came here.' })
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

  @Field(() => [CandidateSource], { description: 'What proposed the movie.' })
  sources!: CandidateSource[];

  @Field(() => [RecommendationReason], {
    description: 'The movies of the history that pulled it in most, strongest first.',
  })
  reasons!: RecommendationReason[];
}

export const RecommendationEdge = edgeType('Recommendation', () => Recommendation, 'recommendations');
export type RecommendationEdge = Edge<Recommendation>;

@ObjectType({ description: 'How a list was made, so that no client has to guess.' })
export class Served {
  @Field(() => String, { nullable: true, description: 'Version of the model that served; null without one.' })
  modelVersion!: string | null;

  @Field(() => Ranker, { description: 'What put the list into its order.' })
  ranker!: Ranker;

  @Field(() => Int, { description: 'How many candidates the ranker received.' })
  candidateCount!: number;

  @Field(() => Boolean, {
    description: 'Whether the list is less than it should be because a part is missing or failed.',
  })
  degraded!: boolean;

  @Field(() => String, { nullable: true, description: 'Which part, in words; null when not degraded.' })
  degradedReason!: string | null;
}

@ObjectType({ description: 'A page of recommendations, and how the list was made.' })
export class RecommendationConnection implements Connection<Recommendation> {
  @Field(() => [RecommendationEdge], { description: 'The page with a cursor for each place.' })
  edges!: RecommendationEdge[];

  @Field(() => [Recommendation], { description: 'The page without cursors.' })
  nodes!: Recommendation[];

  @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
  pageInfo!: PageInfo;

  @Field(() => Served, { description: 'How the list was made.' })
  served!: Served;
}
