import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import {
  buildProfile,
  inProcessRanker,
  inProcessVectorStore,
  likesNothing,
  neighboursOf,
  recommend,
  withNewMovies,
  type LoadedModel,
  type RatedMovie,
  type RecommendedItem,
} from '@pocketrocket/model';
import type { Database } from '@pocketrocket/schema/database';
import { readCatalogue } from '../data/catalogue.ts';
import type { CatalogueMovie } from '../data/catalogue.ts';
import { readTitles } from '../data/movies.ts';
import { loadPublishedModel } from '../data/publishedModel.ts';
import { readUserRatings } from '../data/userRatings.ts';
import { formatTable } from '../report/table.ts';
import { printResult, withDatabase, withRun } from './common/context.ts';
import type { CommandContext } from './common/context.ts';
import { firstOption, jsonOption, parseId } from './common/options.ts';

export function recommendCommand(context: CommandContext) {
  return new Command('recommend')
    .description(
      'Show the movies that the server would recommend to a user, with the watched movies that speak for each.',
    )
    .requiredOption('--user <userId>', 'the user to recommend to', parseId)
    .addOption(
      new Option('--diversity <number>', 'from 0, the best movies first, to 1, movies unlike each other')
        .argParser(parseDiversity)
        .default(0),
    )
    .addOption(firstOption)
    .addOption(jsonOption)
    .action((options) =>
      withRun(context, 'none', async (run) => {
        const { user, first, diversity } = options;
        await withDatabase(run, async (database) => {
          const published = await loadPublishedModel(database, run.config.modelDir, run.logger);
          const list = await recommendToUser(database, published, { userId: user, first, diversity });
          const titleOf = await titlesFor(database, list);
          printResult(
            run,
            options.json,
            () => ({
              user,
              version: published.version,
              recommendations: list.map(({ movieId, score, reasons }) => ({
                movieId,
                title: titleOf(movieId),
                score,
                reasons: reasons.map((reason) => ({
                  movieId: reason.movieId,
                  title: titleOf(reason.movieId),
                })),
              })),
            }),
            () =>
              formatTable(
                ['movie', 'id', 'score', 'because of'],
                list.map(({ movieId, score, reasons }) => [
                  titleOf(movieId),
                  String(movieId),
                  score.toFixed(3),
                  reasons.map((reason) => titleOf(reason.movieId)).join(', '),
                ]),
              ),
          );
        });
      }),
    );
}

function parseDiversity(text: string): number {
  const diversity = Number(text);
  if (text.trim() !== '' && diversity >= 0 && diversity <= 1) return diversity;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}

type Recommendation = Pick<RecommendedItem, 'movieId' | 'score' | 'reasons'>;

/** The five steps that serve, in this process, without a filter; a user whose ratings say nothing to the model gets popular movies. */
async function recommendToUser(
  database: Database,
  published: LoadedModel,
  { userId, first, diversity }: { userId: number; first: number; diversity: number },
): Promise<Recommendation[]> {
  const rated = await readUserRatings(database, userId);
  const movies = await readCatalogue(database);
  const model = withNewMovies(published, movies);
  const profile = buildProfile(model, rated, userId);
  if (!profile) return mostPopular(movies, rated).slice(0, first);
  if (likesNothing(profile)) {
    const leftOut = neighboursOf(model, profile);
    return mostPopular(movies, rated)
      .filter(({ movieId }) => !leftOut.has(movieId))
      .slice(0, first);
  }
  const eligible = new Uint8Array(model.items.size).fill(1);
  for (const itemIndex of profile.items) eligible[itemIndex] = 0;
  const ports = { vectorStore: inProcessVectorStore, ranker: inProcessRanker };
  const list = await recommend(ports, model, { profile, eligible, diversity });
  return list.entries(0, first);
}

/** The unseen movies by damped popularity n / (n + k), n the movie's number of ratings and k the mean; ties ascending by movieId. */
function mostPopular(movies: readonly CatalogueMovie[], rated: readonly RatedMovie[]): Recommendation[] {
  const seen = new Set(rated.map(({ movieId }) => movieId));
  const meanCount =
    movies.reduce((sum, { ratingCount }) => sum + ratingCount, 0) / Math.max(movies.length, 1);
  return movies
    .filter(({ movieId }) => !seen.has(movieId))
    .sort((a, b) => b.ratingCount - a.ratingCount || a.movieId - b.movieId)
    .map(({ movieId, ratingCount }) => ({
      movieId,
      score: ratingCount === 0 ? 0 : ratingCount / (ratingCount + meanCount),
      reasons: [],
    }));
}

/** Titles of the recommended movies and of their reasons. */
async function titlesFor(
  database: Database,
  list: readonly Recommendation[],
): Promise<(movieId: number) => string> {
  const titles = await readTitles(
    database,
    list.flatMap(({ movieId, reasons }) => [movieId, ...reasons.map((reason) => reason.movieId)]),
  );
  return (movieId) => titles.get(movieId) ?? String(movieId);
}
