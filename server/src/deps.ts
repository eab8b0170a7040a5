import type { Database } from '@pocketrocket/schema/database';
import type { Logger } from '@pocketrocket/runtime';
import type { Auth } from './auth/auth.ts';
import type { ModelProvider } from './model/modelProvider.ts';
import type { CandidateRanker, VectorStore } from './recommend/backends.ts';
import type { CatalogueSource } from './services/catalogueSource.ts';

/** What the API is made of; put together once, in the composition root. */
export interface ApiDeps {
  database: Database;
  models: ModelProvider;
  /** The movies in memory, as of the data set that the database holds now. */
  catalogue: CatalogueSource;
  /** Where candidates are found; `inProcessVectorStore` unless another is configured. */
  vectorStore: VectorStore;
  /** What orders candidates; `inProcessRanker` unless another is configured. */
  ranker: CandidateRanker;
  /** How many ratings the kept profiles of users may have together. */
  profileRatings: number;
  auth: Auth;
  logger: Logger;
}
