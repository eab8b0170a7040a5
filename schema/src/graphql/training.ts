import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'The training of a model: whether one runs, and how far it has come.' })
export class Training {
  @Field(() => Boolean, { description: 'True while a model is being trained.' })
  isRunning!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the stage that moved last, such as item2vec; null while none runs.',
  })
  stage!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Finished share of that stage, 0 to 1; null while none runs, and where its size is unknown.',
  })
  share!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Seconds that the stage takes still, as far as it can be told; null where it cannot.',
  })
  secondsLeft!: number | null;

  @Field(() => String, { nullable: true, description: 'Version of the model that serves; null without one.' })
  modelVersion!: string | null;
}
