import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom } from '@pocketrocket/engine';

/** The size of a made-up catalogue. */
export interface CatalogueSize {
  movies: number;
  /** The first ones, of which there are ratings. */
  rated: number;
}

const USERS = 600;
const RATINGS_PER_USER = 150;
/** Movies are of one taste each, and users stay within theirs mostly. */
const TASTES = 20;
const WORDS = 20_000;
const GENRES =
  'Action Adventure Comedy Crime Documentary Drama Fantasy Horror Musical Mystery Romance Thriller'.split(
    ' ',
  );
const SYLLABLES = 'ka lo mi ra te su no vi da pe ru sha tor len bri'.split(' ');

/** Writes a data set in MovieLens' format of which most movies have no ratings; words of titles are common or rare as in real ones. */
export async function writeUnratedMovies(folder: string, { movies, rated }: CatalogueSize): Promise<void> {
  await mkdir(folder, { recursive: true });
  const random = seededRandom(1);
  const upTo = (end: number, power: number) => Math.floor(end * random() ** power);
  const lines = ['movieId,title,genres'];
  for (let movie = 1; movie <= movies; movie++) {
    const title = Array.from({ length: 1 + upTo(5, 1) }, () => wordOf(upTo(WORDS, 4))).join(' ');
    const genres = new Set(Array.from({ length: 1 + upTo(4, 1) }, () => GENRES[upTo(GENRES.length, 2)]));
    lines.push(`${movie},${title} (${2020 - upTo(90, 2)}),${[...genres].join('|')}`);
  }
  await writeFile(join(folder, 'movies.csv'), `${lines.join('\n')}\n`);
  const ratings = ['userId,movieId,rating,timestamp'];
  for (let user = 1; user <= USERS; user++) {
    const taste = upTo(TASTES, 1);
    const next = () => 1 + TASTES * upTo(rated / TASTES, 2) + (random() < 0.8 ? taste : upTo(TASTES, 1));
    const seen = new Set(Array.from({ length: RATINGS_PER_USER }, () => Math.min(rated, next())));
    [...seen].forEach((movie, place) =>
      ratings.push(`${user},${movie},${0.5 * (1 + upTo(10, 0.5))},${1_000_000_000 + 60 * place}`),
    );
  }
  // Each of them is rated.
  for (let movie = 1; movie <= rated; movie++)
    ratings.push(`${USERS + 1},${movie},3,${1_000_000_000 + movie}`);
  await writeFile(join(folder, 'ratings.csv'), `${ratings.join('\n')}\n`);
}

/** A made-up word of each number. */
function wordOf(number: number): string {
  let word = '';
  for (let rest = number + SYLLABLES.length; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length];
  return word[0]?.toUpperCase() + word.slice(1);
}
