import { formatTable } from '@pocketrocket/runtime';
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { RecommendedItem } from '@pocketrocket/model';
import type { Database } from '@pocketrocket/schema/database';
import { readCatalogue } from '../data/catalogue.ts';
import { readTitles } from '../data/movies.ts';
import { loadPublishedModel } from '../data/publishedModel.ts';
import { readUserRatings } from '../data/userRatings.ts';
import { UserLists } from '../lists/userLists.ts';
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
          const rated = await readUserRatings(database, user);
          const lists = new UserLists(published, await readCatalogue(database));
          const list = (await lists.listFor(user, rated, diversity)).entries(0, first);
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

type Recommendation = Pick<RecommendedItem, 'movieId' | 'reasons'>;

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
