import { beforeAll, expect, it } from '@jest/globals';
import { TestApi } from '../../test/api.ts';
import { describeOnEveryDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture, UNRATED_MOVIE, USER_WITHOUT_RATINGS } from '../../test/fixture.ts';

const fixture = makeFixture();

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Computes the expected fields of movies, genres and users from the fixture, row by row. */
describeOnEveryDatabase('the fields', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), null);
  });

  it('tell a movie with its aggregates, links and genres', async () => {
    const given = fixture.ratings
      .filter(({ movieId }) => movieId === 1)
      .map(({ halfStars }) => halfStars / 2);
    const buckets = Array.from({ length: 10 }, (_, index) => ({
      rating: (index + 1) / 2,
      count: given.filter((rating) => rating === (index + 1) / 2).length,
    }));
    const { movie } = await api.query<{ movie: { averageRating: number } }>(
      `{ movie(movieId: 1) { __typename movieId title releaseYear averageRating ratingCount ratingHistogram { rating count }
           imdbUrl tmdbUrl posterUrl genres { name } } }`,
    );
    expect(movie).toEqual({
      __typename: 'Movie',
      movieId: 1,
      title: 'The Film 01',
      releaseYear: 1950,
      averageRating: movie.averageRating,
      ratingCount: given.length,
      ratingHistogram: buckets,
      imdbUrl: 'https://www.imdb.com/title/tt0114709/',
      tmdbUrl: null,
      posterUrl: null,
      genres: fixture.movies[0]?.genres.map((name) => ({ name })),
    });
    expect(movie.averageRating).toBeCloseTo(meanOf(given), 10);
  });

  it('tell what nobody has rated, and what does not exist', async () => {
    const data = await api.query(
      `{ unrated: movie(movieId: ${UNRATED_MOVIE}) { averageRating ratingCount fans { userId } }
         silent: user(userId: ${USER_WITHOUT_RATINGS}) { averageRating highestRating lowestRating favouriteGenre { name }
           genreProfile { ratingCount } ratings { totalCount nodes { rating } pageInfo { startCursor endCursor hasNextPage } } }
         movie(movieId: 999) { title } user(userId: 999) { name } genre(name: "Opera") { name } }`,
    );
    expect(data).toEqual({
      unrated: { averageRating: null, ratingCount: 0, fans: [] },
      silent: {
        averageRating: null,
        highestRating: null,
        lowestRating: null,
        favouriteGenre: null,
        genreProfile: [],
        ratings: {
          totalCount: 0,
          nodes: [],
          pageInfo: { startCursor: null, endCursor: null, hasNextPage: false },
        },
      },
      movie: null,
      user: null,
      genre: null,
    });
  });

  it('tell a user with statistics by genre', async () => {
    const own = fixture.ratings.filter(({ userId }) => userId === 1);
    const ratings = own.map(({ halfStars }) => halfStars / 2);
    const profile = fixture.genres
      .map((name) => {
        const ofGenre = own.filter(({ movieId }) => fixture.movies[movieId - 1]?.genres.includes(name));
        return {
          genre: { name },
          ratingCount: ofGenre.length,
          averageRating: expect.closeTo(meanOf(ofGenre.map(({ halfStars }) => halfStars / 2)), 10),
        };
      })
      .sort((a, b) => b.ratingCount - a.ratingCount);
    const { user } = await api.query<{ user: unknown }>(
      `{ user(userId: 1) { name ratingCount averageRating highestRating lowestRating favouriteGenre { name }
           genreProfile { genre { name } ratingCount averageRating } } }`,
    );
    expect(user).toEqual({
      name: 'User 1',
      ratingCount: own.length,
      averageRating: expect.closeTo(meanOf(ratings), 10),
      highestRating: Math.max(...ratings),
      lowestRating: Math.min(...ratings),
      favouriteGenre: profile[0]?.genre,
      genreProfile: profile,
    });
  });

  it('tell the fans: highest rating, then furthest above the own mean, then userId', async () => {
    const means = new Map(
      fixture.userIds.map((userId) => [
        userId,
        meanOf(
          fixture.ratings.filter((rating) => rating.userId === userId).map(({ halfStars }) => halfStars),
        ),
      ]),
    );
    const lift = ({ userId, halfStars }: (typeof fixture.ratings)[number]) =>
      halfStars - (means.get(userId) ?? 0);
    const { movies } = await api.query<{
      movies: { nodes: { movieId: number; fans: { userId: number }[] }[] };
    }>('{ movies(first: 30) { nodes { movieId fans(first: 8) { userId } } } }');
    for (const { movieId, fans } of movies.nodes) {
      const expected = fixture.ratings
        .filter((rating) => rating.movieId === movieId)
        .sort((a, b) => b.halfStars - a.halfStars || lift(b) - lift(a) || a.userId - b.userId)
        .slice(0, 8);
      expect(fans.map(({ userId }) => userId)).toEqual(expected.map(({ userId }) => userId));
    }
  });

  it('give every object back by its id', async () => {
    const { movie, user, genre } = await api.query<Record<string, { id: string }>>(
      '{ movie(movieId: 3) { id } user(userId: 3) { id } genre(name: "Drama") { id } }',
    );
    const nodes = await api.query(
      `query ($movie: ID!, $user: ID!, $genre: ID!) {
         movie: node(id: $movie) { __typename ... on Movie { movieId genres { name } } }
         user: node(id: $user) { __typename ... on User { userId } }
         genre: node(id: $genre) { __typename id ... on Genre { name } }
         nonsense: node(id: "nonsense") { id } nothing: node(id: "${Buffer.from('Movie:999').toString('base64url')}") { id } }`,
      { movie: movie?.id, user: user?.id, genre: genre?.id },
    );
    expect(nodes).toEqual({
      movie: {
        __typename: 'Movie',
        movieId: 3,
        genres: fixture.movies[2]?.genres.map((name) => ({ name })),
      },
      user: { __typename: 'User', userId: 3 },
      genre: { __typename: 'Genre', id: genre?.id, name: 'Drama' },
      nonsense: null,
      nothing: null,
    });
  });

  it('list genres by name with how many movies they have', async () => {
    const { genres } = await api.query<{ genres: unknown }>('{ genres { name movieCount } }');
    expect(genres).toEqual(
      fixture.genres.map((name) => ({
        name,
        movieCount: fixture.movies.filter((movie) => movie.genres.includes(name)).length,
      })),
    );
  });

  function averageOf(movieId: number): number | null {
    const halfStars = fixture.ratings.filter((rating) => rating.movieId === movieId);
    if (halfStars.length === 0) return null;
    return halfStars.reduce((sum, rating) => sum + rating.halfStars, 0) / 2 / halfStars.length;
  }
  // Equal passes: both paths must round it as the field does.
  const MEAN_OF_MOVIE_7 = averageOf(7) ?? 0;

  const FILTERS: [literal: string, passes: (movie: (typeof fixture.movies)[number]) => boolean][] = [
    [
      '{ genres: ["horror", "Western"] }',
      ({ genres }) => genres.includes('Horror') || genres.includes('Western'),
    ],
    ['{ genres: [] }', () => true],
    [
      '{ excludeGenres: ["Drama", "Comedy"] }',
      ({ genres }) => !genres.includes('Drama') && !genres.includes('Comedy'),
    ],
    ['{ yearFrom: 1980 }', ({ releaseYear }) => releaseYear !== null && releaseYear >= 1980],
    ['{ yearTo: 1979 }', ({ releaseYear }) => releaseYear !== null && releaseYear <= 1979],
    ['{ excludeMovieIds: [1, 2, 2, 77, 5000] }', ({ movieId }) => ![1, 2, 77].includes(movieId)],
    [
      '{ minRatingCount: 25 }',
      ({ movieId }) => fixture.ratings.filter((rating) => rating.movieId === movieId).length >= 25,
    ],
    [
      '{ maxRatingCount: 24 }',
      ({ movieId }) => fixture.ratings.filter((rating) => rating.movieId === movieId).length <= 24,
    ],
    ['{ minAverageRating: 0.5 }', ({ movieId }) => averageOf(movieId) !== null],
    ['{ minAverageRating: 3.5 }', ({ movieId }) => (averageOf(movieId) ?? 0) >= 3.5],
    [
      `{ minAverageRating: ${MEAN_OF_MOVIE_7} }`,
      ({ movieId }) => (averageOf(movieId) ?? 0) >= MEAN_OF_MOVIE_7,
    ],
    [
      '{ genres: ["Action"], excludeGenres: ["Horror"], yearFrom: 1960, yearTo: 2000, excludeMovieIds: [1] }',
      ({ movieId, genres, releaseYear }) =>
        genres.includes('Action') &&
        !genres.includes('Horror') &&
        releaseYear !== null &&
        releaseYear >= 1960 &&
        releaseYear <= 2000 &&
        movieId !== 1,
    ],
  ];

  it.each(FILTERS)(
    'filter %s alike in lists (SQL) and in recommendations (masks)',
    async (literal, passes) => {
      const { movies, recommendFor } = await api.query<
        Record<'movies', { totalCount: number; nodes: { movieId: number }[] }> &
          Record<
            'recommendFor',
            { nodes: { movie: { movieId: number } }[]; served: { candidateCount: number } }
          >
      >(
        `{ movies(filter: ${literal}, first: 100, orderBy: RATING_COUNT_DESC) { totalCount nodes { movieId } }
         recommendFor(ratings: [], filter: ${literal}, first: 100) { nodes { movie { movieId } } served { candidateCount } } }`,
      );
      const expected = fixture.movies.filter(passes).map(({ movieId }) => movieId);
      expect(movies.totalCount).toBe(expected.length);
      expect(recommendFor.served.candidateCount).toBe(expected.length);
      expect(movies.nodes.every(({ movieId }) => expected.includes(movieId))).toBe(true);
      expect(recommendFor.nodes.map(({ movie }) => movie.movieId)).toEqual(
        movies.nodes.map(({ movieId }) => movieId),
      );
    },
  );

  it('search titles', async () => {
    const { searchMovies } = await api.query<{ searchMovies: unknown }>(
      '{ searchMovies(query: "film 17", first: 2) { title } }',
    );
    expect(searchMovies).toEqual([{ title: 'The Film 17' }, { title: 'The Film 17' }]);
  });

  it.each([
    ['movies(first: 0) { totalCount }', 'first must be between 1 and 100; it is 0'],
    ['movies(first: 101) { totalCount }', 'first must be between 1 and 100; it is 101'],
    ['users(first: 101) { totalCount }', 'first must be between 1 and 100'],
    ['searchMovies(query: "x", first: 101) { title }', 'first must be between 1 and 100'],
    ['recommendFor(ratings: [], first: 101) { nodes { rank } }', 'first must be between 1 and 100'],
    [
      'movies(filter: { genres: ["Opera"] }) { totalCount }',
      'there is no genre "Opera"; there are Action, Comedy',
    ],
    [
      'movies(filter: { excludeGenres: ["Opera"] }) { totalCount }',
      'filter.excludeGenres: there is no genre "Opera"',
    ],
    [
      'movies(filter: { yearFrom: 2000, yearTo: 1999 }) { totalCount }',
      'yearFrom (2000) is after filter.yearTo (1999)',
    ],
    [
      'recommendFor(ratings: [], filter: { genres: ["Opera"] }) { nodes { rank } }',
      'there is no genre "Opera"',
    ],
    [
      'recommendFor(ratings: [{ movieId: 1, rating: 7 }]) { nodes { rank } }',
      '0.5 to 5 in half steps; that of movie 1 is 7',
    ],
    ['recommendFor(ratings: [{ movieId: 1, rating: 0 }]) { nodes { rank } }', '0.5 to 5 in half steps'],
    ['recommendFor(ratings: [{ movieId: 1, rating: 3.3 }]) { nodes { rank } }', '0.5 to 5 in half steps'],
    [
      'recommendFor(ratings: [{ movieId: 1, rating: 3 }, { movieId: 1, rating: 4 }]) { nodes { rank } }',
      'movie 1 is rated twice',
    ],
    [
      'recommendFor(ratings: [], diversity: 1.5) { nodes { rank } }',
      'diversity must be between 0 and 1; it is 1.5',
    ],
    ['recommendFor(ratings: [], diversity: -0.1) { nodes { rank } }', 'diversity must be between 0 and 1'],
    ['movies(after: "nonsense") { totalCount }', 'after is not a cursor of this list'],
    [
      `movies(orderBy: TITLE_ASC, after: "${Buffer.from('["RATING_COUNT_DESC",1,1]').toString('base64url')}") { totalCount }`,
      'after is not a cursor of this list',
    ],
    [
      `movies(after: "${Buffer.from('["WEIGHTED_RATING_DESC",{"a":1},1]').toString('base64url')}") { totalCount }`,
      'after is not a cursor of this list',
    ],
  ])('refuse %s with the reason', async (field, reason) => {
    const { data, errors } = await api.run<Record<string, unknown> | null>(
      `{ asked: ${field} genres { name } }`,
    );
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^BAD_USER_INPUT: /);
    expect(errors[0]).toContain(reason);
    expect(data?.['asked']).toBeNull();
    expect(data?.['genres']).toHaveLength(6);
  });

  it.each([
    'ratings(first: 0)',
    'ratings(after: "x")',
    'recommendations(first: 101)',
    'recommendations(diversity: 2)',
    'recommendations(after: "x")',
  ])("refuse a user's %s alone", async (field) => {
    const { data, errors } = await api.run(
      `{ user(userId: 1) { name asked: ${field} { nodes { __typename } } } }`,
    );
    expect(data).toEqual({ user: { name: 'User 1', asked: null } });
    expect(errors).toEqual([expect.stringMatching(/^BAD_USER_INPUT/)]);
  });

  it.each([
    'fans(first: 0) { name }',
    'similar(first: 101) { similarity }',
    'similar(filter: { genres: ["Opera"] }) { similarity }',
  ])("refuse a movie's %s alone", async (field) => {
    const { data, errors } = await api.run(`{ movie(movieId: 1) { title asked: ${field} } }`);
    expect(data).toEqual({ movie: { title: 'The Film 01', asked: null } });
    expect(errors).toEqual([expect.stringMatching(/^BAD_USER_INPUT/)]);
  });
});
