import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '@pocketrocket/engine';

/** The size of a made-up data set; ml-32m has 32,000,204 ratings, 200,948 users and 87,585 movies. */
export interface Shape {
  ratings: number;
  users: number;
  movies: number;
  seed: number;
  /** Ratings by user and movie, as MovieLens writes them; else in the order of their times. */
  sorted: boolean;
}

const GENRES = [
  'Action',
  'Adventure',
  'Animation',
  'Children',
  'Comedy',
  'Crime',
  'Documentary',
  'Drama',
  'Fantasy',
  'Film-Noir',
  'Horror',
  'IMAX',
  'Musical',
  'Mystery',
  'Romance',
  'Sci-Fi',
  'Thriller',
  'War',
  'Western',
];
/** Every MovieLens user rated at least so many. */
const MIN_PER_USER = 20;
/** Standard deviation of the logarithm of ratings per user, which makes the median a little under half of the mean. */
const USER_SPREAD = 1.25;
const HALF_STAR_SHARES = [0.016, 0.03, 0.016, 0.066, 0.05, 0.197, 0.126, 0.266, 0.086, 0.147];
const FIRST_SECOND = 789_652_009;
const LAST_SECOND = 1_697_164_147;
const BYTES_PER_WRITE = 1 << 20;

/** Writes `movies.csv`, `links.csv` and `ratings.csv` of the shape into a folder, unless they are there; returns it. */
export function generateFiles(parent: string, shape: Shape): string {
  const { ratings, users, movies, seed, sorted } = shape;
  const folder = join(parent, `synthetic-${ratings}-${users}-${movies}-${seed}${sorted ? '' : '-unsorted'}`);
  if (existsSync(join(folder, 'ratings.csv'))) return folder;
  mkdirSync(folder, { recursive: true });
  const random = seededRandom(seed);
  const movieIds = spreadIds(movies, random);
  writeMovies(folder, movieIds, random);
  const part = join(folder, 'ratings.csv.part');
  const file = openSync(part, 'w');
  let text = 'userId,movieId,rating,timestamp\n';
  for (const line of sorted ? sortedLines(shape, movieIds, random) : unsortedLines(shape, movieIds, random)) {
    text += line;
    if (text.length < BYTES_PER_WRITE) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
  renameSync(part, join(folder, 'ratings.csv'));
  return folder;
}

/** Ascending with gaps, up to some 290,000 as MovieLens' are for 87,000 movies. */
function spreadIds(count: number, random: () => number): Int32Array {
  const ids = new Int32Array(count);
  let id = 0;
  for (let index = 0; index < count; index++) ids[index] = id += 1 + Math.floor(random() * 4.6);
  return ids;
}

function writeMovies(folder: string, movieIds: Int32Array, random: () => number): void {
  const movies = ['movieId,title,genres'];
  const links = ['movieId,imdbId,tmdbId'];
  for (const movieId of movieIds) {
    const genres = GENRES.filter(() => random() < 0.09);
    const title = `"Synthetic Film ${movieId}, The (${1920 + Math.floor(random() * 104)})"`;
    movies.push(`${movieId},${title},${genres.join('|') || '(no genres listed)'}`);
    links.push(`${movieId},${String(movieId + 100_000).padStart(7, '0')},${movieId + 7}`);
  }
  writeFileSync(join(folder, 'movies.csv'), `${movies.join('\n')}\n`);
  writeFileSync(join(folder, 'links.csv'), `${links.join('\n')}\n`);
}

/** Ratings per user, [users]: at least twenty each, log-normal beyond, exactly `ratings` in total. */
function countsPerUser({ ratings, users, movies }: Shape, random: () => number): Int32Array {
  const weights = Float64Array.from({ length: users }, () => Math.exp(USER_SPREAD * normal(random)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const least = Math.min(MIN_PER_USER, Math.floor(ratings / users));
  const most = Math.floor(movies / 4);
  const counts = Int32Array.from(weights, (weight) =>
    Math.min(most, least + Math.floor((weight / total) * (ratings - least * users))),
  );
  let missing = ratings - counts.reduce((sum, count) => sum + count, 0);
  while (missing > 0) {
    const user = Math.floor(random() * users);
    const count = counts[user] ?? 0;
    if (count >= most) continue;
    counts[user] = count + 1;
    missing--;
  }
  return counts;
}

function* sortedLines(shape: Shape, movieIds: Int32Array, random: () => number): Generator<string> {
  const counts = countsPerUser(shape, random);
  const chosen = new Set<number>();
  for (let user = 0; user < shape.users; user++) {
    chosen.clear();
    const count = counts[user] ?? 0;
    while (chosen.size < count) chosen.add(popularPlace(movieIds.length, random));
    const own = Int32Array.from(chosen, (place) => movieIds[scattered(place, movieIds.length)] ?? 0).sort();
    let at = FIRST_SECOND + Math.floor(random() * (LAST_SECOND - FIRST_SECOND));
    let lines = '';
    for (const movieId of own) lines += lineOf(user + 1, movieId, (at += Math.floor(random() * 60)), random);
    yield lines;
  }
}

/** The same users and movies, the users taking turns: no two lines in a row are of one user, as where a log is exported. */
function* unsortedLines(shape: Shape, movieIds: Int32Array, random: () => number): Generator<string> {
  const counts = countsPerUser(shape, random);
  const most = counts.reduce((highest, count) => Math.max(highest, count), 0);
  for (let turn = 0; turn < most; turn++) {
    const second = FIRST_SECOND + turn;
    for (let user = 0; user < shape.users; user++) {
      if ((counts[user] ?? 0) <= turn) continue;
      // A stride that is prime to the number of movies never meets a movie of this user twice.
      const place = (user * 7919 + turn * 104_729) % movieIds.length;
      yield lineOf(user + 1, movieIds[place] ?? 0, second, random);
    }
  }
}

function lineOf(userId: number, movieId: number, at: number, random: () => number): string {
  const halfStars = drawHalfStars(random());
  return `${userId},${movieId},${(halfStars / 2).toFixed(1)},${at}\n`;
}

function drawHalfStars(share: number): number {
  let rest = share;
  for (const [index, part] of HALF_STAR_SHARES.entries()) if ((rest -= part) < 0) return index + 1;
  return 8;
}

/** A place among the movies, the most popular first: half of all ratings go to some two per cent of the movies. */
function popularPlace(count: number, random: () => number): number {
  return Math.floor(count * random() ** 5.5);
}

/** Popular movies stand anywhere among the ids; a stride that is prime to the count visits each once. */
function scattered(place: number, count: number): number {
  return (place * 104_729) % count;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
