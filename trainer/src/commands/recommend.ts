import { Command } from '@commander-js/extra-typings';
import {
  explainCandidates,
  type Candidates,
  type HistoryEntry,
  type RecommenderModel,
} from '@pocketrocket/engine';
import { readHistory } from '../data/history.ts';
import { recommendFromHistory } from '../pipeline/recommendFromHistory.ts';
import { readTitles } from '../data/movies.ts';
import { loadPublishedModel } from '../data/publishedModel.ts';
import { formatTable } from '../report/table.ts';
import { printResult, withDatabase, withRun } from './common/context.ts';
import type { CommandContext } from './common/context.ts';
import { firstOption, jsonOption, parseId } from './common/options.ts';

const NUM_REASONS = 2;

export function recommendCommand(context: CommandContext) {
  return new Command('recommend')
    .description(
      'Show what the published model recommends to a user, with the watched movies that speak for it.',
    )
    .requiredOption('--user <userId>', 'whom to recommend to', parseId)
    .addOption(firstOption)
    .addOption(jsonOption)
    .action((options) =>
      withRun(context, 'none', async (run) => {
        const { user, first } = options;
        await withDatabase(run, async (database) => {
          const { version, recommender, users, items } = await loadPublishedModel(
            database,
            run.config.modelDir,
          );
          const history = await readHistory(database, user, items);
          const userIndex = users.indexOf(user);
          const list = recommend(recommender, userIndex < 0 ? null : userIndex, history).slice(0, first);

          const movieIdOf = (itemIndex: number): number => items.externalId(itemIndex);
          const recommended = list.map(({ itemIndex, score, reasons }) => ({
            movieId: movieIdOf(itemIndex),
            score,
            reasons: reasons.map(movieIdOf),
          }));
          const titles = await readTitles(
            database,
            recommended.flatMap(({ movieId, reasons }) => [movieId, ...reasons]),
          );
          const titleOf = (movieId: number): string => titles.get(movieId) ?? String(movieId);
          printResult(
            run,
            options.json,
            () => ({
              user,
              version,
              recommendations: recommended.map(({ movieId, score, reasons }) => ({
                movieId,
                title: titleOf(movieId),
                score,
                reasons: reasons.map((reason) => ({ movieId: reason, title: titleOf(reason) })),
              })),
            }),
            () =>
              formatTable(
                ['movie', 'id', 'score', 'because of'],
                recommended.map(({ movieId, score, reasons }) => [
                  titleOf(movieId),
                  String(movieId),
                  score.toFixed(3),
                  reasons.map(titleOf).join(', '),
                ]),
              ),
          );
        });
      }),
    );
}

interface Recommendation {
  itemIndex: number;
  score: number;
  /** Watched items that speak most for it, strongest first. */
  reasons: number[];
}

/** The served steps in a row; a user without a history gets what is popular. */
function recommend(
  model: RecommenderModel,
  userIndex: number | null,
  history: readonly HistoryEntry[],
): Recommendation[] {
  if (history.length === 0) return mostPopular(model);
  const { user, candidates, ranked } = recommendFromHistory(model, userIndex, history);
  const terms = explainCandidates(model, user, candidates.items, candidates.features)(ranked.items);
  return entriesOf(ranked).map((entry, index) => ({
    ...entry,
    reasons: Array.from(terms[index] ?? [])
      .map((term, place) => ({ term, itemIndex: user.items[place] ?? -1 }))
      .filter(({ term }) => term > 0)
      .sort((a, b) => b.term - a.term)
      .slice(0, NUM_REASONS)
      .map(({ itemIndex }) => itemIndex),
  }));
}

function mostPopular({ popularity }: RecommenderModel): Recommendation[] {
  return [...popularity]
    .map((score, itemIndex) => ({ itemIndex, score, reasons: [] }))
    .sort((a, b) => b.score - a.score || a.itemIndex - b.itemIndex);
}

function entriesOf({ items, scores }: Candidates): { itemIndex: number; score: number }[] {
  return Array.from(items, (itemIndex, place) => ({ itemIndex, score: scores[place] ?? NaN }));
}
