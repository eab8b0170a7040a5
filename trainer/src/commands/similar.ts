import { Command } from '@commander-js/extra-typings';
import { similarItems } from '@pocketrocket/engine';
import { AppError, formatTable } from '@pocketrocket/runtime';
import { readTitles } from '../data/movies.ts';
import { loadPublishedModel } from '../data/publishedModel.ts';
import { printResult, withDatabase, withRun } from './common/context.ts';
import type { CommandContext } from './common/context.ts';
import { firstOption, jsonOption, parseId } from './common/options.ts';

export function similarCommand(context: CommandContext) {
  return new Command('similar')
    .description('Show the movies most similar to one, by the published model.')
    .requiredOption('--movie <movieId>', 'similar to which', parseId)
    .addOption(firstOption)
    .addOption(jsonOption)
    .action((options) =>
      withRun(context, 'none', async (run) => {
        const { movie, first } = options;
        await withDatabase(run, async (database) => {
          const { version, recommender, items } = await loadPublishedModel(
            database,
            run.config.modelDir,
            run.logger,
          );
          const itemIndex = items.indexOf(movie);
          const titles = await readTitles(database, [movie]);
          if (!titles.has(movie))
            throw new AppError(
              'NOT_FOUND',
              `the data set has no movie ${movie}; search the portal for its id`,
            );
          if (itemIndex < 0) {
            throw new AppError(
              'NOT_FOUND',
              `movie ${movie} had no ratings when the model was trained; train again`,
            );
          }
          const similar = similarItems(recommender, itemIndex, first);
          const list = Array.from(similar.items, (index, place) => ({
            movieId: items.externalId(index),
            similarity: similar.scores[place] ?? NaN,
          }));
          const all = await readTitles(
            database,
            list.map(({ movieId }) => movieId),
          );
          const titleOf = (movieId: number): string => all.get(movieId) ?? String(movieId);
          printResult(
            run,
            options.json,
            () => ({
              movie: { movieId: movie, title: titles.get(movie) },
              version,
              similar: list.map((entry) => ({ ...entry, title: titleOf(entry.movieId) })),
            }),
            () =>
              `like ${titles.get(movie) ?? ''}\n` +
              formatTable(
                ['movie', 'id', 'similarity'],
                list.map(({ movieId, similarity }) => [
                  titleOf(movieId),
                  String(movieId),
                  similarity.toFixed(3),
                ]),
              ),
          );
        });
      }),
    );
}
