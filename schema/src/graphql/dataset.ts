import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'The data set that the server recommends from, whether or not a model serves.' })
export class Dataset {
  @Field(() => String, { description: 'Its name, such as `ml-latest-small` or `sample`.' })
  name!: string;

  @Field(() => Boolean, { description: 'True where its ratings are made up.' })
  isSynthetic!: boolean;

  @Field(() => Int, { description: 'Movies, those of apps included.' })
  movieCount!: number;

  @Field(() => Int, { description: 'Users of the data set; accounts are not among them.' })
  userCount!: number;

  @Field(() => Int, { description: 'Ratings, those of accounts included.' })
  ratingCount!: number;
}
