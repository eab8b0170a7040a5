import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { edgeType, PageInfo, type Connection, type Edge } from './connections.ts';
import { Movie } from './movie.ts';
import { Served } from './recommendation.ts';

export enum GroupStrategy {
  LEAST_MISERY = 'LEAST_MISERY',
  MEAN = 'MEAN',
}

registerEnumType(GroupStrategy, {
  name: 'GroupStrategy',
  description: "The way in which the members' scores of a movie become the group's.",
  valuesConfig: {
    LEAST_MISERY: { description: 'The smallest of them: no member is bored for the sake of the others.' },
    MEAN: {
      description:
        'The mean of their log-odds: what pleases most of all, though one member may like it little.',
    },
  },
});

@ObjectType({ description: "A group member's score of a movie." })
export class MemberScore {
  @Field(() => Int, { description: 'Place of the member among `members`, then `tasteTokens`, from 0.' })
  member!: number;

  @Field(() => Float, {
    description:
      "0 to 1, as in a list of the member's own; the group's score for a member of whom nothing is known.",
  })
  score!: number;

  @Field(() => Boolean, {
    description:
      "True if the movie suits the member at least as well as the mean of the member's own 500 candidates.",
  })
  likes!: boolean;
}

@ObjectType({ description: 'A movie recommended to a group.' })
export class GroupRecommendation {
  @Field(() => Movie, { description: 'The movie, which no member has rated.' })
  movie!: Movie;

  @Field(() => Int, { description: 'Place in the list; 1 is best.' })
  rank!: number;

  @Field(() => Float, { description: "The group's score, 0 to 1, comparable within one list." })
  score!: number;

  @Field(() => [MemberScore], {
    description: "Each member's own score, in the order of `members`, then `tasteTokens`.",
  })
  members!: MemberScore[];
}

export const GroupRecommendationEdge = edgeType(
  'GroupRecommendation',
  () => GroupRecommendation,
  'recommendations to a group',
);
export type GroupRecommendationEdge = Edge<GroupRecommendation>;

@ObjectType({ description: 'A page of recommendations to a group, with the provenance of the list.' })
export class GroupRecommendationConnection implements Connection<GroupRecommendation> {
  @Field(() => [GroupRecommendationEdge], { description: 'The entries of the page, each with its cursor.' })
  edges!: GroupRecommendationEdge[];

  @Field(() => [GroupRecommendation], { description: 'The entries of the page, without cursors.' })
  nodes!: GroupRecommendation[];

  @Field(() => PageInfo, { description: 'Position of the page in the list.' })
  pageInfo!: PageInfo;

  @Field(() => Served, { description: 'Provenance of the list.' })
  served!: Served;

  @Field(() => [Int], {
    description: 'Movies rated in tastes among `members` that do not exist and were left out.',
  })
  skippedMovieIds!: number[];
}
