/** A film that the picker may ask about. */
export interface Candidate {
  movieId: number;
  releaseYear?: number | null;
  genres: readonly { name: string }[];
  ratingCount: number;
  ratingHistogram: readonly { count: number }[];
}

interface DrawOptions {
  /** Films that count towards the limits but are not drawn: those picked. */
  picked: readonly Omit<Candidate, 'ratingCount' | 'ratingHistogram'>[];
  notSeen: readonly number[];
  /** The previous draw: what may stay keeps its place. */
  previous?: readonly number[];
  size?: number;
}

const DRAW_SIZE = 24;
const MOST_PER_GENRE = 3;
const MOST_PER_DECADE = 4;

/**
 * Scores the information in an answer about a film: log(popularity) × entropy of its ratings in bits
 * (Rashid et al., "Getting to Know You", IUI 2002: known by many, and they disagree).
 */
export function informativeness({
  ratingCount,
  ratingHistogram,
}: Pick<Candidate, 'ratingCount' | 'ratingHistogram'>) {
  const total = ratingHistogram.reduce((sum, { count }) => sum + count, 0);
  if (total === 0 || ratingCount < 1) return 0;
  const entropy = ratingHistogram.reduce((sum, { count }) => {
    const share = count / total;
    return share > 0 ? sum - share * Math.log2(share) : sum;
  }, 0);
  return Math.log(ratingCount) * entropy;
}

/**
 * The films to ask about next, most informative first where places are free: at most three of a lead genre
 * (the rarest in the pool of a film's genres) and four of a decade, the picked ones counted in, so that each
 * pick moves the questions on to what is not known yet.
 *
 * @returns up to `size` films; fewer where the limits leave no more.
 */
export function drawCandidates<Film extends Candidate>(
  pool: readonly Film[],
  { picked, notSeen, previous = [], size = DRAW_SIZE }: DrawOptions,
): Film[] {
  const { leadGenre, ranked } = factsOf(pool);
  const limits = new Limits();
  for (const film of picked) limits.tryTake(leadGenre(film), film.releaseYear);

  const unavailable = new Set([...notSeen, ...picked.map(({ movieId }) => movieId)]);
  const available = (ranked as readonly Film[]).filter(({ movieId }) => !unavailable.has(movieId));
  const films = new Map(available.map((film) => [film.movieId, film]));

  const places: (Film | undefined)[] = previous.slice(0, size).map((movieId) => {
    const film = films.get(movieId);
    return film && limits.tryTake(leadGenre(film), film.releaseYear) ? film : undefined;
  });
  places.length = size;

  const kept = new Set(places);
  const fresh = available.filter((film) => !kept.has(film)).values();
  for (let place = 0; place < size; place++) {
    places[place] ??= findFirst(fresh, (film) => limits.tryTake(leadGenre(film), film.releaseYear));
  }
  return places.filter((film) => film !== undefined);
}

interface PoolFacts {
  /** The films, most informative first. */
  ranked: readonly Candidate[];
  /** The rarest in the pool of a film's genres. */
  leadGenre: (film: Pick<Candidate, 'genres'>) => string | undefined;
}

const known = new WeakMap<readonly Candidate[], PoolFacts>();

/** The facts that follow from a pool alone: found once, since each answer draws from the same one. */
function factsOf(pool: readonly Candidate[]): PoolFacts {
  let facts = known.get(pool);
  if (!facts) known.set(pool, (facts = { ranked: rankedOf(pool), leadGenre: leadGenreIn(pool) }));
  return facts;
}

function rankedOf(pool: readonly Candidate[]): Candidate[] {
  const score = new Map(pool.map((film) => [film, informativeness(film)]));
  const scoreOf = (film: Candidate) => score.get(film) ?? 0;
  return pool.toSorted((one, other) => scoreOf(other) - scoreOf(one) || one.movieId - other.movieId);
}

function leadGenreIn(pool: readonly Candidate[]): PoolFacts['leadGenre'] {
  const frequency = new Map<string, number>();
  for (const { genres } of pool) {
    for (const { name } of genres) frequency.set(name, (frequency.get(name) ?? 0) + 1);
  }
  const isRarer = (one: string, other: string) => {
    const difference = (frequency.get(one) ?? 0) - (frequency.get(other) ?? 0);
    return difference < 0 || (difference === 0 && one.localeCompare(other) < 0);
  };
  return ({ genres }) =>
    genres.reduce<string | undefined>(
      (lead, { name }) => (lead === undefined || isRarer(name, lead) ? name : lead),
      undefined,
    );
}

/** Counts the taken films per genre and decade; films without either are not limited. */
class Limits {
  private readonly taken = new Map<string, number>();

  tryTake(genre: string | undefined, year: number | null | undefined): boolean {
    const limits: [string, number][] = [];
    if (genre) limits.push([`genre ${genre}`, MOST_PER_GENRE]);
    if (year) limits.push([`decade ${Math.floor(year / 10)}`, MOST_PER_DECADE]);
    if (limits.some(([key, most]) => (this.taken.get(key) ?? 0) >= most)) return false;
    for (const [key] of limits) this.taken.set(key, (this.taken.get(key) ?? 0) + 1);
    return true;
  }
}

function findFirst<T>(items: Iterator<T>, fits: (item: T) => boolean): T | undefined {
  for (let next = items.next(); !next.done; next = items.next()) if (fits(next.value)) return next.value;
  return undefined;
}
