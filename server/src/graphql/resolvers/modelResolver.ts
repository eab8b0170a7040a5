import { Model } from '@pocketrocket/schema';
import { Query, Resolver } from 'type-graphql';
import type { ApiDeps } from '../deps.ts';
import { describeModel } from '../../model/modelCard.ts';

@Resolver()
export class ModelResolver {
  constructor(private readonly deps: ApiDeps) {}

  @Query(() => Model, { nullable: true, description: 'The trained model that serves; null where none does.' })
  model(): Model | null {
    return describeModel(this.deps.models.state());
  }
}
