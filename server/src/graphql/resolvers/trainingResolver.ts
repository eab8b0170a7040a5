import { Training } from '@pocketrocket/schema';
import { Query, Resolver, type ResolverData, Subscription } from 'type-graphql';
import { readTraining } from '../../model/training.ts';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { liveOf } from '../liveOf.ts';

@Resolver()
export class TrainingResolver {
  constructor(private readonly deps: Pick<ApiDeps, 'models' | 'modelDir' | 'heardTraining'>) {}

  @Query(() => Training, {
    nullable: true,
    description: 'The training of a model: whether one runs, and how far it has come.',
  })
  training(): Promise<Training> {
    return readTraining(this.deps);
  }

  @Subscription(() => Training, {
    description: 'The training of a model at once, then whenever it has come further.',
    subscribe: ({ context }: Omit<ResolverData<ApiContext>, 'root'>) => liveOf(context).training(),
  })
  trainingChanged(): Promise<Training> {
    return readTraining(this.deps);
  }
}
