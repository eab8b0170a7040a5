import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Metric } from './model.ts';

export enum ModelVersionState {
  SERVED = 'served',
  EARLIER = 'earlier',
  REFUSED = 'refused',
  UNPUBLISHED = 'unpublished',
  BROKEN = 'broken',
}

registerEnumType(ModelVersionState, {
  name: 'ModelVersionState',
  description: 'How a version stands to what serves.',
  valuesConfig: {
    SERVED: { description: 'Published: a server that holds its data serves it.' },
    EARLIER: { description: 'Was published before; a rollback goes to the last of them.' },
    REFUSED: { description: 'The quality gate refused it; `publishModel` publishes it anyway.' },
    UNPUBLISHED: { description: 'Written, but never published.' },
    BROKEN: { description: 'Cannot be read; `problem` says why.' },
  },
});

@ObjectType({ description: "The quality gate's verdict on a version." })
export class ModelGateVerdict {
  @Field(() => String, { description: '`passed`, `refused`, or `unmeasured` where the data are too few.' })
  decision!: string;

  @Field(() => Boolean, { description: 'True where it was published in spite of a refusal.' })
  isForced!: boolean;

  @Field(() => [String], { description: 'Why it was refused, or what could not be compared.' })
  reasons!: string[];

  @Field(() => Float, {
    nullable: true,
    description: 'nDCG@10 of the version on the split of the comparison.',
  })
  candidate!: number | null;

  @Field(() => Float, { nullable: true, description: 'The same of plain popularity.' })
  popularity!: number | null;

  @Field(() => Float, { nullable: true, description: 'The same of the version that served then.' })
  serving!: number | null;

  @Field(() => String, { nullable: true, description: 'The version that served then.' })
  servingVersion!: string | null;

  @Field(() => Int, { description: 'Users whose held-out films were asked for.' })
  userCount!: number;
}

@ObjectType({ description: 'A version of the model.' })
export class ModelVersion {
  @Field(() => String, { description: 'Its number; higher is newer.' })
  version!: string;

  @Field(() => ModelVersionState, { description: 'How it stands to what serves.' })
  state!: ModelVersionState;

  @Field(() => Boolean, { description: 'True for the version with which this server answers now.' })
  isServing!: boolean;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When training finished; null where broken.' })
  trainedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Training recipe: `quick` or `full`.' })
  recipe!: string | null;

  @Field(() => String, { nullable: true, description: 'Data set that it was trained on.' })
  dataset!: string | null;

  @Field(() => Int, { nullable: true, description: 'Ratings that it was trained on.' })
  ratingCount!: number | null;

  @Field(() => Int, { nullable: true, description: 'Users that it was trained on.' })
  userCount!: number | null;

  @Field(() => Int, { nullable: true, description: 'Movies that it was trained on.' })
  movieCount!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the metrics measure, in words. Metrics of different data or protocols do not compare.',
  })
  protocol!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Name of what the metrics measure, such as last-out-sampled.',
  })
  protocolName!: string | null;

  @Field(() => Int, { nullable: true, description: 'Users whose held-out films the metrics are of.' })
  evaluatedUserCount!: number | null;

  @Field(() => [Metric], { description: 'Quality before the last fit on everything, beside popularity.' })
  metrics!: Metric[];

  @Field(() => ModelGateVerdict, {
    nullable: true,
    description: 'The verdict of the quality gate; null for versions from before there was one.',
  })
  gate!: ModelGateVerdict | null;

  @Field(() => String, { nullable: true, description: 'Why it cannot be read; null where it can.' })
  problem!: string | null;
}
