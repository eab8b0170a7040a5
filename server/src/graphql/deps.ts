import type { CandidateRanker, VectorStore } from '@pocketrocket/model';
import type { Logger } from '@pocketrocket/runtime';
import type { Database } from '@pocketrocket/schema/database';
import { AccountRepository } from '../accounts/accountRepository.ts';
import type { Changes } from '../changes/changes.ts';
import { AppRepository } from '../apps/appRepository.ts';
import type { BucketRules } from '../budgets/bucket.ts';
import type { ApiKeys } from '../apps/apiKeys.ts';
import type { Auth } from '../accounts/auth.ts';
import type { CacheBounds } from '../caches/bounds.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import type { Experiments } from '../experiments/experiments.ts';
import { GenreRepository } from '../genres/genreRepository.ts';
import type { FilmSource } from '../tmdb/filmSource.ts';
import type { HeardTraining } from '../model/heardTraining.ts';
import type { ModelProvider } from '../model/modelWatcher.ts';
import { MovieRepository } from '../movies/movieRepository.ts';
import type { Erasures } from '../privacy/erasures.ts';
import type { OperatorDeps } from '../operators/operatorDeps.ts';
import { MovieMarkRepository } from '../ratings/movieMarkRepository.ts';
import { RatingRepository } from '../ratings/ratingRepository.ts';
import { AppUserRepository } from '../users/appUserRepository.ts';
import { UserRepository } from '../users/userRepository.ts';

/** The parts of the API; put together once, in the composition root. */
export interface ApiDeps {
  database: Database;
  repositories: Repositories;
  models: ModelProvider;
  /** The movies in memory, as of the data set that the database holds now. */
  catalogue: CatalogueSource;
  /** Finds candidates; `inProcessVectorStore` unless another is configured. */
  vectorStore: VectorStore;
  /** Scores candidates; `inProcessRanker` unless another is configured. */
  ranker: CandidateRanker;
  /** Bytes that caches may hold. */
  caches: CacheBounds;
  auth: Auth;
  /** Tells of which users lists may have changed, in all threads and on all servers. */
  changes: Changes;
  /** Folder that holds the model versions, and in which a trainer notes its progress. */
  modelDir: string;
  /** The training that a trainer elsewhere tells of through Redis; null or absent without. */
  heardTraining?: HeardTraining | null;
  /** The API keys of apps. */
  apiKeys: ApiKeys;
  /** The budget of an API key for which none is given. */
  keyBudget: BucketRules;
  /** Tells which users were erased, here and on other servers. */
  erasures: Erasures;
  /** The parts that operators' fields need. */
  operators: OperatorDeps;
  /** Experiments on lists; null or absent where none are set. */
  experiments?: Experiments | null;
  /** Films and people as TMDB tells of them; null or absent without a key. */
  films?: FilmSource | null;
  /** Number of the API thread; 0 or absent where there is one only. */
  thread?: number;
  logger: Logger;
}

/** The repositories over one database, by noun. */
export interface Repositories {
  accounts: AccountRepository;
  apps: AppRepository;
  appUsers: AppUserRepository;
  genres: GenreRepository;
  marks: MovieMarkRepository;
  movies: MovieRepository;
  ratings: RatingRepository;
  users: UserRepository;
}

export function createRepositories(database: Database): Repositories {
  const { dataSource } = database;
  return {
    accounts: new AccountRepository(database),
    apps: new AppRepository(dataSource),
    appUsers: new AppUserRepository(dataSource),
    genres: new GenreRepository(dataSource),
    marks: new MovieMarkRepository(dataSource),
    movies: new MovieRepository(dataSource),
    ratings: new RatingRepository(dataSource),
    users: new UserRepository(dataSource),
  };
}
