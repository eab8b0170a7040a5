import type { Film } from './films.ts';
import { createRandom, type Random } from './random.ts';

/** Ratings as columns, by user and then time; one per user and film. */
export interface GeneratedRatings {
  /** [n] 1 … numUsers, ascending. */
  userIds: Int32Array;
  /** [n] */
  movieIds: Int32Array;
  /** [n] 1 … 10. */
  halfStars: Uint8Array;
  /** [n] Unix time, strictly ascending within a user. */
  ratedAtSeconds: Int32Array;
}

/** Parameters of the generative model; the README beside this file explains them. */
export const PARAMETERS = {
  seed: 20_260_101,
  numUsers: 1_600,
  /** Activity: a user rates `minActivity` + lognormal(`activityMu`, `activitySigma`) films, at most `maxActivity`. */
  minActivity: 20,
  activityMu: 3.68,
  activitySigma: 0.98,
  maxActivity: 420,
  /** Log-popularity of a film: `prominenceWeight` × prominence + N(0, `popularitySigma`). */
  prominenceWeight: 1.6,
  popularitySigma: 0.7,
  /** Strength with which a user's liking of genres, style and era moves what is watched. */
  genreWeight: 1.7,
  styleDimensions: 4,
  styleWeight: 1.6,
  eraWeight: 1.3,
  eraWidthYears: 16,
  /** Weights of a session's theme for the films that fit it, and of kinship with the film just watched. */
  themeBonus: 2.0,
  kinshipBonus: 3.6,
  franchiseKinship: 3.5,
  /** New films draw attention for a while: bonus × exp(−age in years / decay). */
  noveltyBonus: 1.2,
  noveltyDecayYears: 1.5,
  meanSessionFilms: 12,
  /** Tastes move a little every so many sessions. */
  sessionsPerDrift: 12,
  /** Ratings: user mean + film quality + `likingWeight` × liking + noise, in stars. */
  meanRating: 3.42,
  userMeanSigma: 0.32,
  qualitySigma: 0.36,
  likingWeight: 0.33,
  noiseSigma: 0.68,
  wholeStarShare: 0.3,
} as const;

// Taken once: a look-up of a global in a sandboxed context, as tests run in, costs more than the function itself.
const { abs, exp, floor, log, max, min, round, sqrt, tanh } = Math;

const SECONDS_PER_DAY = 86_400;
const FIRST_JOIN = Date.UTC(2004, 0, 1) / 1000;
const LAST_JOIN = Date.UTC(2025, 5, 30) / 1000;
const LAST_RATING = Date.UTC(2025, 11, 31) / 1000;

/** Properties drawn for each film before any user is. */
interface FilmTraits {
  popularity: Float64Array;
  quality: Float64Array;
  /** [films × styleDimensions] */
  style: Float64Array;
  /** The genres of each film, as bits. */
  genreBits: Uint32Array;
  releaseYears: Int32Array;
  /** [films × films] factor exp(kinship bonus) on the weight of the column's film after the row's was watched. */
  kinship: Float32Array;
}

interface UserTraits {
  activity: number;
  joinedAt: number;
  /** Liking by genre, in the order of the genres' bits. */
  genreTaste: Float64Array;
  style: Float64Array;
  eraCentre: number;
  mean: number;
  wholeStars: boolean;
}

/**
 * Draws the sample's synthetic ratings: users with tastes over genres, styles and eras watch in themed sessions, and rate what
 * they watched. The same films and seed give the same bytes.
 */
export function generateRatings(films: readonly Film[], seed: number = PARAMETERS.seed): GeneratedRatings {
  const random = createRandom(seed);
  const genres = [...new Set(films.flatMap((film) => film.genres))].sort();
  const traits = drawFilmTraits(films, genres, random);
  const userIds: number[] = [];
  const movieIds: number[] = [];
  const halfStars: number[] = [];
  const ratedAtSeconds: number[] = [];
  for (let userId = 1; userId <= PARAMETERS.numUsers; userId++) {
    const user = drawUser(genres.length, random);
    for (const { film, at, stars } of watch(user, films, traits, random)) {
      userIds.push(userId);
      movieIds.push(films[film]?.movieId ?? 0);
      halfStars.push(stars);
      ratedAtSeconds.push(at);
    }
  }
  return {
    userIds: Int32Array.from(userIds),
    movieIds: Int32Array.from(movieIds),
    halfStars: Uint8Array.from(halfStars),
    ratedAtSeconds: Int32Array.from(ratedAtSeconds),
  };
}

function drawFilmTraits(films: readonly Film[], genres: readonly string[], random: Random): FilmTraits {
  const { prominenceWeight, popularitySigma, qualitySigma, styleDimensions } = PARAMETERS;
  const popularity = Float64Array.from(
    films,
    (film) => prominenceWeight * film.prominence + popularitySigma * random.normal(),
  );
  const quality = Float64Array.from(
    films,
    (film) => 0.06 * (film.prominence - 3) + qualitySigma * random.normal(),
  );
  const style = Float64Array.from({ length: films.length * styleDimensions }, () => random.normal());
  const genreBits = Uint32Array.from(films, (film) =>
    film.genres.reduce((bits, genre) => bits | (1 << genres.indexOf(genre)), 0),
  );
  const releaseYears = Int32Array.from(films, (film) => film.releaseYear);
  return {
    popularity,
    quality,
    style,
    genreBits,
    releaseYears,
    kinship: kinshipFactors(films, genreBits, style),
  };
}

/**
 * exp of how much each film gains by another having just been watched: shared genres (Jaccard), closeness in time and in style,
 * and being the next of a series. [from × to]
 */
function kinshipFactors(films: readonly Film[], genreBits: Uint32Array, style: Float64Array): Float32Array {
  const { kinshipBonus, franchiseKinship, styleDimensions } = PARAMETERS;
  const factors = new Float32Array(films.length * films.length);
  films.forEach((from, row) =>
    films.forEach((to, column) => {
      const [fromBits, toBits] = [genreBits[row] ?? 0, genreBits[column] ?? 0];
      const jaccard = countBits(fromBits & toBits) / countBits(fromBits | toBits);
      const nearInTime = jaccard > 0 ? exp(-abs(from.releaseYear - to.releaseYear) / 8) : 0;
      let distance = 0;
      for (let dimension = 0; dimension < styleDimensions; dimension++)
        distance +=
          ((style[row * styleDimensions + dimension] ?? 0) -
            (style[column * styleDimensions + dimension] ?? 0)) **
          2;
      const nearInStyle = exp(-distance / styleDimensions);
      const sameSeries = from.franchise !== '' && from.franchise === to.franchise;
      const sequel = sameSeries ? (to.releaseYear >= from.releaseYear ? 1 : 0.5) : 0;
      const kinship = kinshipBonus * (jaccard + 0.6 * nearInTime + nearInStyle) + franchiseKinship * sequel;
      factors[row * films.length + column] = exp(kinship);
    }),
  );
  return factors;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function drawUser(numGenres: number, random: Random): UserTraits {
  const { minActivity, activityMu, activitySigma, maxActivity, styleDimensions } = PARAMETERS;
  const activity = min(maxActivity, round(minActivity + exp(activityMu + activitySigma * random.normal())));
  // A few loves, a few dislikes, the rest lukewarm.
  const genreTaste = Float64Array.from({ length: numGenres }, () => 0.35 * random.normal());
  for (let love = 0; love < 2 + random.below(3); love++)
    genreTaste[random.below(numGenres)] = 1.1 + 0.5 * random.uniform();
  for (let dislike = 0; dislike < 1 + random.below(3); dislike++)
    genreTaste[random.below(numGenres)] = -0.9 - 0.5 * random.uniform();
  return {
    activity,
    joinedAt: FIRST_JOIN + random.uniform() ** 0.8 * (LAST_JOIN - FIRST_JOIN),
    genreTaste,
    style: Float64Array.from({ length: styleDimensions }, () => random.normal()),
    eraCentre: 2001 + 13 * random.normal(),
    mean: PARAMETERS.meanRating + PARAMETERS.userMeanSigma * random.normal(),
    wholeStars: random.uniform() < PARAMETERS.wholeStarShare,
  };
}

/** One user's life with films, in order of time. */
function* watch(
  user: UserTraits,
  films: readonly Film[],
  traits: FilmTraits,
  random: Random,
): Generator<{ film: number; at: number; stars: number }> {
  const seen = new Uint8Array(films.length);
  const liking = new Float64Array(films.length);
  const attraction = new Float64Array(films.length);
  const weights = new Float64Array(films.length);
  const chances = new Float64Array(films.length);
  let at = user.joinedAt;
  let left = user.activity;
  for (let session = 0; left > 0; session++) {
    if (session % PARAMETERS.sessionsPerDrift === 0) {
      if (session > 0) drift(user, random);
      for (let index = 0; index < films.length; index++) {
        liking[index] = likingOf(user, index, traits);
        attraction[index] = exp((traits.popularity[index] ?? 0) + (liking[index] ?? 0));
      }
    }
    const theme = drawTheme(user, films, traits, random);
    const year = new Date(at * 1000).getUTCFullYear();
    for (let index = 0; index < films.length; index++) {
      const age = year - (traits.releaseYears[index] ?? 0);
      weights[index] =
        seen[index] || age < 0 ? 0 : (attraction[index] ?? 0) * theme(index) * (NOVELTY_FACTORS[age] ?? 1);
    }
    let last = -1;
    const sessionFilms = min(left, 1 + floor(-PARAMETERS.meanSessionFilms * log(1 - random.uniform())));
    for (let count = 0; count < sessionFilms; count++) {
      const kinship =
        last < 0 ? undefined : traits.kinship.subarray(last * films.length, (last + 1) * films.length);
      const chosen = drawFilm(weights, kinship, chances, random);
      if (chosen < 0) break;
      seen[chosen] = 1;
      weights[chosen] = 0;
      last = chosen;
      at += 15 + random.below(150);
      const stars = drawHalfStars(user, liking[chosen] ?? 0, traits.quality[chosen] ?? 0, random);
      yield { film: chosen, at: floor(at), stars };
      left--;
    }
    if (last < 0) return;
    // Days to months pass; whoever would run out of time before the end of the record comes back sooner.
    const pause = SECONDS_PER_DAY * exp(1.6 + 1.2 * random.normal());
    at += min(pause, max((LAST_RATING - at) / (2 + left / 4), 3_600));
  }
}

/** Tastes move a little over the years. */
function drift(user: UserTraits, random: Random): void {
  user.style.forEach((value, dimension) => (user.style[dimension] = 0.9 * value + 0.43 * random.normal()));
  user.eraCentre += 3 * random.normal();
}

function likingOf(user: UserTraits, index: number, traits: FilmTraits): number {
  const { genreWeight, styleWeight, styleDimensions, eraWeight, eraWidthYears } = PARAMETERS;
  const bits = traits.genreBits[index] ?? 0;
  let genre = 0;
  for (let bit = 0; bit < user.genreTaste.length; bit++)
    if (bits & (1 << bit)) genre += user.genreTaste[bit] ?? 0;
  let style = 0;
  for (let dimension = 0; dimension < styleDimensions; dimension++)
    style += (user.style[dimension] ?? 0) * (traits.style[index * styleDimensions + dimension] ?? 0);
  const eraDistance = ((traits.releaseYears[index] ?? 0) - user.eraCentre) / eraWidthYears;
  return (
    (genreWeight * genre) / sqrt(countBits(bits)) +
    (styleWeight * style) / sqrt(styleDimensions) -
    eraWeight * min(2, 0.5 * eraDistance * eraDistance)
  );
}

/**
 * The theme of a session, as a factor on each film's weight: a genre that the user likes, a few years of cinema, a series,
 * or nothing in particular.
 */
function drawTheme(
  user: UserTraits,
  films: readonly Film[],
  traits: FilmTraits,
  random: Random,
): (index: number) => number {
  const kind = random.uniform();
  const factor = exp(PARAMETERS.themeBonus);
  if (kind < 0.45) {
    const bits = [...user.genreTaste.keys()].map((bit) => 1 << bit);
    const liked = bits.filter((_, bit) => (user.genreTaste[bit] ?? 0) > 0.4);
    const genre = pick(liked.length > 0 ? liked : bits, random);
    return (index) => ((traits.genreBits[index] ?? 0) & genre ? factor : 1);
  }
  if (kind < 0.65) {
    const centre = user.eraCentre + 8 * random.normal();
    return (index) => (abs((traits.releaseYears[index] ?? 0) - centre) <= 4 ? factor : 1);
  }
  if (kind < 0.8) {
    const { franchise } = pick(films, random);
    return (index) => (franchise !== '' && films[index]?.franchise === franchise ? factor * factor : 1);
  }
  return () => 1;
}

/** exp of the attention that a film draws, by its age in years. */
const NOVELTY_FACTORS = Float64Array.from({ length: 12 }, (_, age) =>
  exp(PARAMETERS.noveltyBonus * exp(-age / PARAMETERS.noveltyDecayYears)),
);

/** Draws an index with probability in proportion to its weight × factor; −1 when every weight is 0. `chances` is scratch space. */
function drawFilm(
  weights: Float64Array,
  factors: Float32Array | undefined,
  chances: Float64Array,
  random: Random,
): number {
  let total = 0;
  for (let index = 0; index < weights.length; index++) {
    const chance = factors
      ? (weights[index] as number) * (factors[index] as number)
      : (weights[index] as number);
    chances[index] = chance;
    total += chance;
  }
  let target = random.uniform() * total;
  let lastPossible = -1;
  for (let index = 0; index < chances.length; index++) {
    const chance = chances[index] as number;
    if (chance === 0) continue;
    lastPossible = index;
    target -= chance;
    if (target < 0) return index;
  }
  return lastPossible;
}

function drawHalfStars(user: UserTraits, liking: number, quality: number, random: Random): number {
  const stars =
    user.mean +
    quality +
    PARAMETERS.likingWeight * tanh(liking / 2) +
    PARAMETERS.noiseSigma * random.normal();
  const halfStars = user.wholeStars ? 2 * round(stars) : round(2 * stars);
  return max(user.wholeStars ? 2 : 1, min(10, halfStars));
}

function pick<T>(choices: readonly T[], random: Random): T {
  const choice = choices[random.below(choices.length)];
  if (choice === undefined) throw new Error('nothing to pick from');
  return choice;
}
