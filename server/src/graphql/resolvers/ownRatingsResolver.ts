import {
  ImportedRatingInput,
  ImportMyRatingsPayload,
  MovieMatch,
  MovieRowInput,
  RatingImport,
  UndoMyImportPayload,
} from '@pocketrocket/schema';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { requireViewer } from '../../accounts/viewer.ts';
import { matchMovies } from '../../movies/matchMovies.ts';
import { importMyRatings, undoMyImport } from '../../ratings/importMyRatings.ts';
import { listImports } from '../../ratings/listImports.ts';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';

const IMPORT_ID = 'Name of the import: 8 to 64 letters, digits, - or _, such as a UUID.';

@Resolver()
export class OwnRatingsResolver {
  constructor(private readonly deps: Pick<ApiDeps, 'database' | 'catalogue' | 'changes'>) {}

  @Query(() => [MovieMatch], {
    nullable: true,
    description:
      'The movies that rows of an export mean, one answer a row in their order: by IMDb id, by TMDB id, else by title and year.',
  })
  matchMovies(
    @Arg('rows', () => [MovieRowInput], { description: 'The rows, at most 500.' }) rows: MovieRowInput[],
    @Ctx() { scope, turns }: ApiContext,
  ): Promise<MovieMatch[]> {
    return matchMovies({ catalogue: this.deps.catalogue, turns }, scope, rows);
  }

  @Query(() => [RatingImport], {
    nullable: true,
    description:
      "The viewer's imports of ratings, latest first, at most 20. UNAUTHENTICATED unless signed in.",
  })
  async myImports(@Ctx() { viewerId }: ApiContext): Promise<RatingImport[]> {
    return listImports(this.deps.database.dataSource, requireViewer(await viewerId()));
  }

  @Mutation(() => ImportMyRatingsPayload, {
    description:
      "Stores ratings from elsewhere as the viewer's own, in batches under one name; the same batch again changes nothing. " +
      'A later rating of the viewer stays; ratings without a time replace. UNAUTHENTICATED unless signed in.',
  })
  async importMyRatings(
    @Arg('importId', () => String, { description: IMPORT_ID }) importId: string,
    @Arg('rows', () => [ImportedRatingInput], {
      description: 'The ratings, at most 500; of two of one movie the last counts.',
    })
    rows: ImportedRatingInput[],
    @Ctx() { scope, viewerId, deadline }: ApiContext,
  ): Promise<ImportMyRatingsPayload> {
    const userId = requireViewer(await viewerId());
    return importMyRatings(this.deps, scope, { userId, importId, rows }, deadline);
  }

  @Mutation(() => UndoMyImportPayload, {
    description:
      'Takes an import back: where a rating still stands as it was imported, the one before it comes back. Idempotent. ' +
      'NOT_FOUND for an unknown name; UNAUTHENTICATED unless signed in.',
  })
  async undoMyImport(
    @Arg('importId', () => String, { description: 'Name of the import.' }) importId: string,
    @Ctx() { scope, viewerId, deadline }: ApiContext,
  ): Promise<UndoMyImportPayload> {
    return undoMyImport(this.deps, scope, { userId: requireViewer(await viewerId()), importId }, deadline);
  }
}
