import type { HostileWorld } from '@pocketrocket/testing';

/** An operation whose CPU is measured. */
export interface MeasuredOperation {
  name: string;
  query: string;
  variables: Record<string, unknown>;
}

/** One field at a time, so many times that it outweighs everything around it. */
export function probes({ movieIds, userIds, genres }: HostileWorld): MeasuredOperation[] {
  const movies = movieIds.slice(0, 40);
  const users = userIds.slice(0, 40);
  const [genre = 'Drama'] = genres;
  const times = (count: number, field: (at: number) => string) =>
    `{ ${Array.from({ length: count }, (_, at) => `a${at}: ${field(at)}`).join(' ')} }`;
  const perMovie = (field: string) =>
    times(movies.length, (at) => `movie(movieId: ${movies[at]}) { ${field} }`);
  const perUser = (field: string) => times(users.length, (at) => `user(userId: ${users[at]}) { ${field} }`);
  const list = (name: string, query: string, variables: Record<string, unknown> = {}) => ({
    name,
    query,
    variables,
  });
  const taste = (count: number) => ({
    ratings: movieIds.slice(0, count).map((movieId, at) => ({ movieId, rating: 1 + (at % 5) })),
  });
  const excluded = { filter: { excludeMovieIds: movieIds.slice(0, 500), genres: [genre], yearFrom: 1950 } };
  return [
    list('nothing', '{ __typename }'),
    list('a movie', perMovie('title')),
    list('a user', perUser('name')),
    list(
      'nodes',
      times(
        40,
        (at) =>
          `node(id: "${Buffer.from(`Movie:${movies[at % movies.length]}`).toString('base64url')}") { id }`,
      ),
    ),
    list(
      'movies, one',
      times(40, (at) => `movies(first: 1, filter: { minRatingCount: ${at} }) { nodes { title } }`),
    ),
    list(
      'movies, one, unfiltered',
      times(40, () => 'movies(first: 1) { totalCount }'),
    ),
    list(
      'movies, a hundred',
      times(5, () => 'movies(first: 100) { nodes { title } }'),
    ),
    list(
      'movies, whole',
      times(
        3,
        () =>
          'movies(first: 100) { nodes { id movieId title releaseYear averageRating weightedRating ratingCount ratingHistogram { rating count } imdbUrl tmdbUrl posterUrl genres { id name movieCount } } }',
      ),
    ),
    list(
      'movies by title',
      times(10, () => 'movies(first: 100, orderBy: TITLE_ASC) { edges { cursor node { title } } }'),
    ),
    list(
      'movies, filtered by everything',
      `query ($filter: MovieFilter) ${times(20, () => 'movies(first: 20, filter: $filter) { totalCount nodes { title } }')}`,
      excluded,
    ),
    list(
      'search, a word',
      times(20, () => 'searchMovies(query: "love") { title }'),
    ),
    list(
      'search, a letter',
      times(20, (at) => `searchMovies(query: "${String.fromCharCode(97 + at)}", first: 100) { title }`),
    ),
    list(
      'search, five words',
      times(20, (at) => `searchMovies(query: "lord ring return king ${at}") { title }`),
    ),
    list(
      'search, whole, filtered and sorted',
      times(
        10,
        (at) =>
          `movieSearch(query: "star", first: 40, skip: ${at}, orderBy: TITLE_ASC, filter: { yearFrom: 1950 }) { totalCount nodes { title } }`,
      ),
    ),
    list(
      'movies, far on',
      times(10, (at) => `movies(first: 20, skip: ${5_000 + at}) { nodes { title } }`),
    ),
    list(
      'search, typos',
      times(
        20,
        (at) => `searchMovies(query: "shawshnk redemtion godfahter matrxi intersteller ${at}") { title }`,
      ),
    ),
    list(
      'genres',
      times(20, () => 'genres { name movieCount }'),
    ),
    list(
      'a genre',
      times(20, () => `genre(name: "${genre}") { name }`),
    ),
    list(
      'movies of a genre',
      times(10, (at) => `genre(name: "${genre}") { movies(first: ${at + 1}) { nodes { title } } }`),
    ),
    list('movies of all genres', '{ genres { movies(first: 20) { nodes { title } } } }'),
    list(
      'users',
      times(5, () => 'users(first: 100) { nodes { name ratingCount averageRating highestRating } }'),
    ),
    list('fans', perMovie('fans(first: 5) { name }')),
    list(
      'fans, a hundred',
      times(10, (at) => `movie(movieId: ${movies[at]}) { fans(first: 100) { name } }`),
    ),
    list(
      'fans of what is rated most',
      '{ movies(orderBy: RATING_COUNT_DESC, first: 50) { nodes { fans { name } } } }',
    ),
    list('similar', perMovie('similar(first: 20) { similarity movie { title } }')),
    list(
      'similar, filtered',
      perMovie('similar(first: 5, filter: { yearFrom: 1990, minRatingCount: 5 }) { similarity }'),
    ),
    list('histograms', '{ movies(first: 100) { nodes { ratingHistogram { rating count } } } }'),
    list(
      'lazy fields',
      '{ movies(first: 100) { nodes { similar(first: 5) { movie { averageRating imdbUrl } } } } }',
    ),
    list(
      'genre profiles',
      '{ users(first: 100) { nodes { genreProfile { ratingCount averageRating genre { name } } favouriteGenre { name } } } }',
    ),
    list('ratings', perUser('ratings(first: 20) { nodes { rating movie { title genres { name } } } }')),
    list(
      'ratings, a hundred',
      '{ users(first: 50) { nodes { ratings(first: 100) { nodes { rating ratedAt movie { title } } } } } }',
    ),
    list(
      'lists of users',
      perUser(
        'recommendations(first: 20) { nodes { score movie { title genres { name } } reasons { movie { title } } } }',
      ),
    ),
    list(
      'lists of the users who rate most',
      '{ users(first: 50) { nodes { recommendations(first: 20) { nodes { score movie { title } } } } } }',
    ),
    list(
      'lists, a hundred',
      times(
        20,
        (at) =>
          `user(userId: ${users[at]}) { recommendations(first: 100) { nodes { score reasons { weight movie { title } } } } }`,
      ),
    ),
    list(
      'lists with diversity',
      times(
        20,
        (at) =>
          `user(userId: ${users[at]}) { recommendations(first: 20, diversity: 0.5) { nodes { score movie { title } } } }`,
      ),
    ),
    list(
      'lists with filters',
      times(
        20,
        (at) =>
          `user(userId: ${users[at]}) { recommendations(first: 20, filter: { yearFrom: ${1950 + at}, minAverageRating: 3 }) { nodes { score movie { title } } } }`,
      ),
    ),
    ...[1, 20, 200, 2_000].map((count) =>
      list(
        `a taste of ${count}`,
        'query ($ratings: [RatingInput!]!) { a: recommendFor(ratings: $ratings, first: 20) { nodes { score movie { title } reasons { movie { title } } } } b: recommendFor(ratings: $ratings, first: 20) { nodes { score } } }',
        taste(count),
      ),
    ),
    list(
      'many lists',
      'query ($requests: [RecommendForInput!]!) { recommendForMany(requests: $requests, first: 10) { nodes { score movie { title } } } }',
      { requests: users.slice(0, 30).map((userId) => ({ userId })) },
    ),
    list(
      'many tastes',
      'query ($requests: [RecommendForInput!]!) { recommendForMany(requests: $requests, first: 10) { nodes { score movie { title } } } }',
      { requests: Array.from({ length: 30 }, () => taste(30)).map(({ ratings }) => ({ ratings })) },
    ),
    ...[2, 6].map((count) =>
      list(
        `a group of ${count}`,
        'query ($a: [RecommendForInput!]!, $b: [RecommendForInput!]!) { a: recommendForGroup(members: $a, first: 20) { nodes { score movie { title } members { score } } } b: recommendForGroup(members: $b, first: 20, strategy: MEAN) { nodes { score } } }',
        {
          a: users.slice(0, count).map((userId) => ({ userId })),
          b: users.slice(6, 6 + count).map((userId) => ({ userId })),
        },
      ),
    ),
    list(
      'comparisons',
      times(
        10,
        (at) =>
          `compareUsers(userId: ${users[at]}, otherUserId: ${users[at + 1]}) { similarity agreements { rating movie { title } } genres { ratingCount genre { name } } }`,
      ),
    ),
    list('the map', '{ movieMap { nodes { x y movie { movieId title } } } }'),
    list('tags', '{ movies(first: 100) { nodes { tags { tag count } } } }'),
    list(
      'no taste',
      times(20, () => 'recommendFor(ratings: []) { nodes { score movie { title } } }'),
    ),
    list(
      'many fields',
      `{ movie(movieId: ${movies[0]}) { ${Array.from({ length: 400 }, (_, at) => `a${at}: title`).join(' ')} } }`,
    ),
    list(
      'many movies',
      times(250, (at) => `movie(movieId: ${movieIds[at % movieIds.length]}) { title }`),
    ),
    list(
      'much of an answer',
      `{ movies(first: 100) { nodes { ${Array.from({ length: 300 }, (_, at) => `a${at}: title`).join(' ')} } } }`,
    ),
    list(
      'introspection',
      '{ __schema { types { kind name description fields { name description args { name type { name ofType { name } } } type { kind name ofType { kind name } } } inputFields { name } enumValues { name } } } }',
    ),
  ];
}
