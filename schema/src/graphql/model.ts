import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A quality metric of the model, on held-out data.' })
export class Metric {
  @Field(() => String, { description: 'Name of the metric, such as hitRateAt10.' })
  name!: string;

  @Field(() => Float, { description: 'Value of the served pipeline.' })
  value!: number;

  @Field(() => Float, { nullable: true, description: 'Value of plain popularity on the same split.' })
  baseline!: number | null;
}

@ObjectType({ description: 'The trained model that serves.' })
export class Model {
  @Field(() => String, { description: 'Its version: a whole number, higher is newer.' })
  version!: string;

  @Field(() => GraphQLDateTime, { description: 'When training finished.' })
  trainedAt!: Date;

  @Field(() => String, {
    description: 'The data set it was trained on; the bundled one says that it is synthetic.',
  })
  dataset!: string;

  @Field(() => String, {
    description:
      'Training recipe: `quick`, to serve within seconds of a first start, or `full`, which follows in the background.',
  })
  recipe!: string;

  @Field(() => [Metric], { description: 'Quality on the split it was evaluated on before the final fit.' })
  metrics!: Metric[];

  @Field(() => String, { description: 'Name of what the metrics measure, such as last-out-sampled.' })
  protocolName!: string;

  @Field(() => String, { description: 'The same in words.' })
  protocol!: string;

  @Field(() => Int, { description: 'Users whose held-out films the metrics are of.' })
  evaluatedUserCount!: number;

  @Field(() => Int, { description: 'Ratings that it was trained on.' })
  ratingCount!: number;

  @Field(() => Int, { description: 'Users that it was trained on.' })
  userCount!: number;

  @Field(() => Int, { description: 'Movies that it was trained on.' })
  movieCount!: number;
}
