import { describe, expect, it } from '@jest/globals';
import { drawCandidates, informativeness, type Candidate } from './drawCandidates.ts';

const even = Array.from({ length: 10 }, () => ({ count: 10 }));

function film(movieId: number, releaseYear: number | null, genre: string, ratingCount = 100): Candidate {
  return { movieId, releaseYear, genres: [{ name: genre }], ratingCount, ratingHistogram: even };
}

/** One film per genre and year, more than the limits let through. */
const pool = Array.from({ length: 12 }, (_, genre) =>
  Array.from({ length: 12 }, (_, decade) =>
    film(100 * genre + decade + 1, 1910 + 10 * decade, `G${genre}`, 1000 - 10 * genre - decade),
  ),
).flat();

const countBy = <T, K>(items: readonly T[], key: (item: T) => K) => {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
};
const genreOf = ({ genres }: Pick<Candidate, 'genres'>) => genres[0]?.name;
const decadeOf = ({ releaseYear }: Pick<Candidate, 'releaseYear'>) => Math.floor((releaseYear ?? 0) / 10);
const ids = (films: readonly Candidate[]) => films.map(({ movieId }) => movieId);

describe('informativeness', () => {
  it('is log(popularity) × entropy in bits', () => {
    const halves = [{ count: 50 }, { count: 50 }];
    expect(informativeness({ ratingCount: 100, ratingHistogram: halves })).toBeCloseTo(Math.log(100), 12);
    const quarters = [{ count: 1 }, { count: 1 }, { count: 1 }, { count: 1 }];
    expect(informativeness({ ratingCount: 4, ratingHistogram: quarters })).toBeCloseTo(2 * Math.log(4), 12);
  });

  it('is nothing where all agree or nobody rated', () => {
    expect(informativeness({ ratingCount: 100, ratingHistogram: [{ count: 100 }, { count: 0 }] })).toBe(0);
    expect(informativeness({ ratingCount: 0, ratingHistogram: [] })).toBe(0);
  });
});

describe('drawCandidates', () => {
  it('draws 24, at most three of a genre and four of a decade', () => {
    const drawn = drawCandidates(pool, { picked: [], notSeen: [] });
    expect(drawn).toHaveLength(24);
    expect(new Set(ids(drawn)).size).toBe(24);
    expect(Math.max(...countBy(drawn, genreOf).values())).toBe(3);
    expect(Math.max(...countBy(drawn, decadeOf).values())).toBeLessThanOrEqual(4);
  });

  it('prefers what tells more', () => {
    const films = [film(1, 1990, 'A', 10), film(2, 1980, 'B', 1000), film(3, 1970, 'C', 100)];
    expect(ids(drawCandidates(films, { picked: [], notSeen: [], size: 2 }))).toEqual([2, 3]);
  });

  it('counts by the rarest of a film’s genres', () => {
    const common = { name: 'Drama' };
    const films = Array.from({ length: 8 }, (_, index) => ({
      ...film(index + 1, 1920 + 10 * index, `Rare${index}`),
      genres: [common, { name: `Rare${index}` }],
    }));
    expect(drawCandidates(films, { picked: [], notSeen: [] })).toHaveLength(8);
    const plain = films.map((one) => ({ ...one, genres: [common] }));
    expect(drawCandidates(plain, { picked: [], notSeen: [] })).toHaveLength(3);
  });

  it('leaves out what is picked or not seen, and counts the picks towards the limits', () => {
    const picked = pool.filter((one) => genreOf(one) === 'G0').slice(0, 3);
    const [notSeen] = drawCandidates(pool, { picked, notSeen: [] });
    const drawn = drawCandidates(pool, { picked, notSeen: notSeen ? [notSeen.movieId] : [] });
    expect(ids(drawn)).not.toContain(notSeen?.movieId);
    expect(drawn.filter((one) => genreOf(one) === 'G0')).toEqual([]);
  });

  it('changes only the place that was answered', () => {
    const before = ids(drawCandidates(pool, { picked: [], notSeen: [] }));
    const answered = before[5] ?? 0;
    const after = ids(drawCandidates(pool, { picked: [], notSeen: [answered], previous: before }));
    expect(after[5]).not.toBe(answered);
    expect(after.filter((_, place) => place !== 5)).toEqual(before.filter((_, place) => place !== 5));
  });

  it('scores a pool once, however often it is drawn from', () => {
    let scored = 0;
    const films = pool.map((one) =>
      Object.defineProperty({ ...one }, 'ratingHistogram', {
        get() {
          scored++;
          return even;
        },
      }),
    );
    const before = ids(drawCandidates(films, { picked: [], notSeen: [] }));
    const scoredAtFirst = scored;
    expect(scoredAtFirst).toBeGreaterThan(0);
    drawCandidates(films, { picked: films.slice(0, 1), notSeen: [], previous: before });
    expect(scored).toBe(scoredAtFirst);
  });
});
