import { Field, Int, ObjectType } from 'type-graphql';
import { Movie } from './movie.ts';
import { Rating } from './rating.ts';
import { User } from './user.ts';

@ObjectType({ description: "A movie that is in none of the viewer's lists any more." })
export class DismissMoviePayload {
  @Field(() => Movie, { description: 'The dismissed movie.' })
  movie!: Movie;

  @Field(() => User, { description: 'The viewer; lists asked for here leave the movie out already.' })
  user!: User;
}

@ObjectType({ description: "A movie that may be in the viewer's lists again." })
export class RestoreMoviePayload {
  @Field(() => Movie, { description: 'The restored movie.' })
  movie!: Movie;

  @Field(() => User, { description: 'The viewer; lists asked for here may have the movie already.' })
  user!: User;
}

@ObjectType({ description: "A movie that was put on the viewer's watchlist, or taken off it." })
export class WatchlistPayload {
  @Field(() => Movie, { description: 'The movie.' })
  movie!: Movie;

  @Field(() => User, { description: 'The viewer, with the watchlist as it is then.' })
  user!: User;
}

@ObjectType({ description: 'Ratings that were stored together.' })
export class RateMoviesPayload {
  @Field(() => [Rating], { description: 'The ratings as they stand, in the order given.' })
  ratings!: Rating[];

  @Field(() => [Int], { description: 'Numbers given that no movie has: nothing was stored for them.' })
  unknownMovieIds!: number[];

  @Field(() => User, { description: 'The viewer, with the ratings counted.' })
  user!: User;
}
