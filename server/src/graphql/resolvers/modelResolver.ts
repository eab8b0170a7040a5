import { Dataset, Model } from '@pocketrocket/schema';
import { Query, Resolver } from 'type-graphql';
import type { ApiDeps } from '../deps.ts';
import { describeModel } from '../../model/modelCard.ts';

@Resolver()
export class ModelResolver {
  constructor(private readonly deps: Pick<ApiDeps, 'models' | 'catalogue'>) {}

  @Query(() => Model, { nullable: true, description: 'The trained model that serves; null where none does.' })
  model(): Model | null {
    return describeModel(this.deps.models.state());
  }

  @Query(() => Dataset, {
    nullable: true,
    description: 'The data set that the server recommends from; null while the database is empty.',
  })
  dataset(): Dataset | null {
    const { dataset, movies } = this.deps.catalogue.current();
    if (!dataset) return null;
    const { name, synthetic, userCount } = dataset;
    const counts = { movieCount: movies.length, userCount, ratingCount: movies.numRatings };
    return { name, isSynthetic: synthetic, ...counts };
  }
}
