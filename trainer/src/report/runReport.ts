import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  historyOf,
  seededRandom,
  shuffle,
  type Candidates,
  type Interactions,
  type RatedOutcome,
} from '@pocketrocket/engine';
import { listVersions, versionDir, writeVersionFile, type ManifestDraft } from '@pocketrocket/model/artifact';
import type { Database } from '@pocketrocket/schema/database';
import { AppError, systemErrorCode, type Progress } from '@pocketrocket/runtime';
import { z } from 'zod';
import { readMovies } from '../data/movies.ts';
import type { MovieFacts } from '../data/movies.ts';
import { AnswerCollector } from '../pipeline/answers/userMeasures.ts';
import { BEYOND_ACCURACY, beyondAccuracyOf } from '../pipeline/evaluation/modelMeasures.ts';
import type { ModelMeasures } from '../pipeline/evaluation/modelMeasures.ts';
import type { RunRatings } from '../pipeline/ratings/ratings.ts';
import { factsOf } from './datasetFacts.ts';
import { readPageAssets } from './html/pageAssets.ts';
import { renderReport } from './html/renderReport.ts';
import { REPORT_FORMAT, runReportSchema } from './html/reportData.ts';
import type { ItemMap, LossCurve, RunReport } from './html/reportData.ts';

/** Inside a version's folder. */
const DATA_FILE = 'assets.extra/report.json';
export const REPORT_PAGE = 'assets.extra/report.html';

/** Points that a map shows and a browser moves with ease. */
const MAX_MAPPED_MOVIES = 3000;
/** Genres with a colour of their own; further ones are hard to tell apart. */
const MAX_MAPPED_GENRES = 11;
const OTHER_GENRE = 'other';
/** Users whose lists are looked at: enough for coverage to show, few enough to wait for. */
const MAX_LISTED_USERS = 1000;
const LIST_LENGTH = 10;
/** Quantiles of the example users among all users, ordered by their number of ratings. */
const EXAMPLE_QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95];
const USERS_PER_TURN = 16;

/** Facts of a training run that has published its model: the input of its report. */
export interface FinishedRun {
  version: number;
  manifest: Pick<ManifestDraft, 'createdAt' | 'recipe' | 'seed' | 'dataset' | 'algorithms' | 'serving'>;
  /** On all of which the published model was fitted. */
  ratings: RunRatings;
  /** Null where nothing could be held out. */
  evaluation: {
    protocol: string;
    seed: number;
    users: number;
    models: Readonly<Record<string, ModelMeasures>>;
    timestampedUsers: { users: number; models: Readonly<Record<string, ModelMeasures>> };
  } | null;
  /** The gate's decision with its reasons; null where there is none. */
  gate: RunReport['gate'];
  /** Each model's share of the served score. */
  weights: Readonly<Record<string, number>>;
  /** Empty where it was not measured. */
  ablation: RunReport['ablation'];
  /** Why these models were chosen, one sentence each. */
  choices: readonly string[];
  lossCurves: readonly LossCurve[];
  /** The embedding of items: [numItems × dim] row-major. */
  itemVectors: { vectors: Float32Array; dim: number };
  /** [numItems × 2], the map of all items; null where there is none. */
  itemMap: Float32Array | null;
  /** [numItems] */
  popularity: Float32Array;
  /** The best `count` movies for a user with a history as they are served, without what the user has rated. */
  recommend: (userIndex: number, histories: Interactions, count: number) => Candidates | Promise<Candidates>;
  /** Shares of a user's latest entries in the sequence model's score of an item, oldest first; left out without that model. */
  nextShares?: (userIndex: number, histories: Interactions, itemIndex: number) => Float32Array;
}

export interface ReportDeps {
  database: Database;
  progress: Progress;
  signal: AbortSignal;
}

/**
 * Writes a published version's report beside its model: `report.html` for people, and `report.json` from which
 * {@link readRunReport} and the `report` command make it again.
 * @returns the page's path
 * @throws AppError ENVIRONMENT when the folder cannot be written; what the signal was aborted with
 */
export async function writeRunReport(run: FinishedRun, modelDir: string, deps: ReportDeps): Promise<string> {
  const report = await collectRunReport(run, deps);
  const page = renderReport(report, await readPageAssets());
  await writeVersionFile(modelDir, run.version, {
    path: DATA_FILE,
    bytes: Buffer.from(`${JSON.stringify(report)}\n`),
  });
  return writeVersionFile(modelDir, run.version, { path: REPORT_PAGE, bytes: Buffer.from(page) });
}

/**
 * The data of a version's report.
 * @throws AppError NOT_FOUND when there is no such version or it has no report, ARTIFACT_INVALID when it cannot be understood
 */
export async function readRunReport(modelDir: string, version: number): Promise<RunReport> {
  const versions = await listVersions(modelDir);
  if (!versions.includes(version)) {
    const known = versions.length > 0 ? `there are ${versions.join(', ')}` : 'there is none';
    throw new AppError('NOT_FOUND', `there is no model version ${version} in ${modelDir}; ${known}`);
  }
  const path = join(versionDir(modelDir, version), DATA_FILE);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    throw new AppError(
      'NOT_FOUND',
      `model version ${version} has no report; \`npm run trainer -- train\` makes a version that has one`,
      { cause: error },
    );
  });
  const parsed = runReportSchema.safeParse(jsonOrUndefined(text));
  if (parsed.success) return parsed.data;
  throw new AppError(
    'ARTIFACT_INVALID',
    `${path} is not a report that this program understands (${z.prettifyError(parsed.error)}); train again`,
    { cause: parsed.error },
  );
}

/**
 * Computes the change of each accuracy metric when a part is left out.
 * @param without the pipeline's measures by the part that was left out
 */
export function ablationRows(
  pipeline: ModelMeasures,
  without: Readonly<Record<string, ModelMeasures>>,
): RunReport['ablation'] {
  return Object.entries(without).map(([part, { accuracy }]) => ({
    part,
    change: Object.fromEntries(
      Object.entries(accuracy).map(([metric, { mean }]) => [
        metric,
        mean - (pipeline.accuracy[metric]?.mean ?? NaN),
      ]),
    ),
  }));
}

/** Gathers a run's report: reads titles and genres, asks the model for lists, draws the map. */
export async function collectRunReport(run: FinishedRun, deps: ReportDeps): Promise<RunReport> {
  const { manifest, evaluation } = run;
  const { ids, facts, everything } = run.ratings;
  const movies = await readMovies(deps.database);
  const factsOfItem = (itemIndex: number): MovieFacts => {
    const movieId = ids.items.externalId(itemIndex);
    return movies.get(movieId) ?? { title: `movie ${movieId}`, genres: [], releaseYear: null };
  };
  const listed = listedUsers(run);
  const examples = exampleUsers(run);
  const histories = await everything.historiesOf(Int32Array.from(new Set([...listed, ...examples])).sort());
  return {
    format: REPORT_FORMAT,
    createdAt: manifest.createdAt,
    version: run.version,
    dataset: factsOf(facts, everything, manifest.dataset),
    recipe: {
      name: manifest.recipe,
      seed: manifest.seed,
      algorithms: manifest.algorithms,
      serving: manifest.serving,
      choices: [...run.choices],
    },
    lossCurves: [...run.lossCurves],
    evaluation: evaluation && {
      protocol: evaluation.protocol,
      seed: evaluation.seed,
      users: evaluation.users,
      models: { ...evaluation.models },
      timestampedUsers: { ...evaluation.timestampedUsers },
    },
    gate: run.gate,
    weights: { ...run.weights },
    ablation: run.ablation,
    servedLists: await lookAtLists(run, listed, histories, deps),
    itemMap: mapOf(run, factsOfItem),
    exampleUsers: await examplesOf(run, examples, histories, factsOfItem),
  };
}

/** Some users with a history, drawn by the run's seed. */
function listedUsers({ ratings, manifest }: FinishedRun): Int32Array {
  const users = Int32Array.from(usersWithHistory(ratings));
  shuffle(users, seededRandom(manifest.seed));
  return users.slice(0, MAX_LISTED_USERS);
}

/** Measures the lists of users beside the most popular movies that each has not seen. */
async function lookAtLists(
  { ratings: { everything }, itemVectors, popularity, recommend }: FinishedRun,
  listed: Int32Array,
  histories: Interactions,
  { progress, signal }: ReportDeps,
): Promise<RunReport['servedLists']> {
  const byPopularity = [...popularity.keys()].sort(
    (a, b) => (popularity[b] ?? 0) - (popularity[a] ?? 0) || a - b,
  );
  const { itemCounts, numUsers } = everything;
  const context = { histories, itemCounts, numUsers, itemVectors };
  const served = new AnswerCollector(BEYOND_ACCURACY, context, listed.length);
  const popular = new AnswerCollector(BEYOND_ACCURACY, context, listed.length);
  const stage = progress.stage('measuring lists', listed.length, 'users');
  for (const [place, userIndex] of listed.entries()) {
    const seen = new Set(historyOf(histories, userIndex));
    served.add(listOf(userIndex, (await recommend(userIndex, histories, LIST_LENGTH)).items), false);
    popular.add(listOf(userIndex, Int32Array.from(firstUnseen(byPopularity, seen))), false);
    if (place % USERS_PER_TURN > 0) continue;
    stage.update(place);
    await setImmediate();
    signal.throwIfAborted();
  }
  stage.finish();
  return {
    users: listed.length,
    models: { popularity: beyondAccuracyOf(popular.answers), pipeline: beyondAccuracyOf(served.answers) },
  };
}

/** A list as the answer to a question where nothing was held out. */
function listOf(userIndex: number, topItems: Int32Array): RatedOutcome {
  const none = new Int32Array(0);
  return { userIndex, topItems, ranks: none, likedRanks: none, disliked: none };
}

function firstUnseen(items: readonly number[], seen: ReadonlySet<number>): number[] {
  const unseen: number[] = [];
  for (const itemIndex of items) {
    if (unseen.length === LIST_LENGTH) break;
    if (!seen.has(itemIndex)) unseen.push(itemIndex);
  }
  return unseen;
}

function mapOf(
  { ratings, itemMap }: FinishedRun,
  factsOfItem: (itemIndex: number) => MovieFacts,
): ItemMap | null {
  if (!itemMap) return null;
  const counts = ratings.everything.itemCounts;
  const rated = [...counts.keys()].filter((itemIndex) => (counts[itemIndex] ?? 0) > 0);
  const mapped = rated
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b)
    .slice(0, MAX_MAPPED_MOVIES);
  const facts = mapped.map(factsOfItem);
  const genreOf = tellingGenre(facts);
  return {
    method: 'UMAP of the cosine between item vectors',
    movies: rated.length,
    points: mapped.map((itemIndex, row) => {
      const { title, genres } = facts[row] ?? { title: '', genres: [], releaseYear: null };
      return {
        title,
        genres,
        genre: genreOf(genres),
        ratings: counts[itemIndex] ?? 0,
        x: rounded(itemMap[2 * itemIndex] ?? NaN),
        y: rounded(itemMap[2 * itemIndex + 1] ?? NaN),
      };
    }),
  };
}

/** Of a movie's genres the rarest among the common ones: `Comedy` says less of a film than `Animation` does. */
export function tellingGenre(movies: readonly MovieFacts[]): (genres: readonly string[]) => string {
  const counts = new Map<string, number>();
  for (const { genres } of movies)
    for (const genre of genres) counts.set(genre, (counts.get(genre) ?? 0) + 1);
  const common = [...counts].sort(([, a], [, b]) => b - a).slice(0, MAX_MAPPED_GENRES);
  const rarestFirst = common.map(([genre]) => genre).reverse();
  return (genres) => rarestFirst.find((genre) => genres.includes(genre)) ?? OTHER_GENRE;
}

/** Users at quantiles of the number of ratings. */
function exampleUsers({ ratings }: FinishedRun): ReadonlySet<number> {
  const { userCounts } = ratings.everything;
  const users = usersWithHistory(ratings).sort(
    (a, b) => (userCounts[a] ?? 0) - (userCounts[b] ?? 0) || a - b,
  );
  const chosen = new Set(
    EXAMPLE_QUANTILES.map((quantile) => users[Math.floor(quantile * users.length)] ?? -1),
  );
  chosen.delete(-1);
  return chosen;
}

async function examplesOf(
  { ratings: { ids }, recommend, nextShares }: FinishedRun,
  users: ReadonlySet<number>,
  histories: Interactions,
  factsOfItem: (itemIndex: number) => MovieFacts,
): Promise<RunReport['exampleUsers']> {
  const examples: RunReport['exampleUsers'] = [];
  for (const userIndex of users) {
    const start = histories.userOffsets[userIndex] ?? 0;
    const history = historyOf(histories, userIndex);
    const { items, scores } = await recommend(userIndex, histories, LIST_LENGTH);
    const [first] = items;
    const shares = first === undefined ? undefined : nextShares?.(userIndex, histories, first);
    const numBefore = history.length - (shares?.length ?? 0);
    examples.push({
      userId: ids.users.externalId(userIndex),
      ratings: history.length,
      history: Array.from(history, (itemIndex, place) => ({
        ...factsOfItem(itemIndex),
        stars: histories.ratings[start + place] ?? NaN,
        ...(shares && place >= numBefore && { adds: rounded(shares[place - numBefore] ?? 0) }),
      }))
        .slice(-LIST_LENGTH)
        .reverse(),
      recommended: Array.from(items, (itemIndex, place) => ({
        ...factsOfItem(itemIndex),
        score: scores[place] ?? NaN,
      })),
    });
  }
  return examples;
}

function usersWithHistory({ everything: { userCounts } }: RunRatings): number[] {
  return [...userCounts.keys()].filter((userIndex) => (userCounts[userIndex] ?? 0) > 0);
}

function rounded(value: number): number {
  return Math.round(1000 * value) / 1000;
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
