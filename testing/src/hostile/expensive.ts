import {
  INPUT,
  INVALID,
  query,
  REFUSED,
  repeat,
  TOO_LARGE,
  UNREAD,
  type HostileCase,
  type HostileWorld,
} from './hostileCase.ts';

const REASONS = 'nodes { movie { title } reasons { movie { title } } }';

/** Requests that are short and ask for much. */
export function expensiveCases({ movieIds, userIds, genres }: HostileWorld): HostileCase[] {
  const [movieId = 1] = movieIds;
  const [userId = 1] = userIds;
  const taste = (count: number) =>
    movieIds.slice(0, count).map((id, at) => ({ movieId: id, rating: 1 + (at % 5) }));
  const longTaste = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ movieId: movieIds[at] ?? 10_000_000 + at, rating: 4 }));
  const ids = (count: number) => Array.from({ length: count }, (_, at) => 1_000_000 + at);
  const title = genres[0] ?? 'Drama';
  return [
    query('a long alias on a repeated field', [INVALID], () => {
      const alias = 'a'.repeat(190_000);
      return `{ movies(first: 100) { nodes { similar(first: 20) { movie { ${alias}: title } } } } }`;
    }),
    query('many aliases of the longest allowed name', [INPUT, INVALID, TOO_LARGE], () => {
      const alias = (at: number) => `${'b'.repeat(90)}${at}: title`;
      return `{ movies(first: 100) { nodes { similar(first: 50) { movie { ${repeat(500, alias)} } } } } }`;
    }),
    query(
      'aliases of a page of movies',
      REFUSED,
      () =>
        `{ ${repeat(200, (at) => `a${at}: movies(first: 100) { nodes { title genres { name } ratingHistogram { count } } }`)} }`,
    ),
    query(
      'aliases of movies that exclude too many',
      REFUSED,
      () =>
        `query ($f: MovieFilter) { ${repeat(600, (at) => `a${at}: movies(filter: $f, first: 1) { totalCount }`)} }`,
      () => ({ variables: { f: { excludeMovieIds: ids(10_000) } } }),
    ),
    query(
      'aliases of movies that exclude as many as allowed',
      REFUSED,
      () =>
        `query ($f: MovieFilter) { ${repeat(400, (at) => `a${at}: movies(filter: $f, first: 1) { totalCount }`)} }`,
      () => ({ variables: { f: { excludeMovieIds: ids(500) } } }),
    ),
    query(
      'movies that exclude too many',
      [INPUT],
      () => `{ movies(filter: { excludeMovieIds: [${ids(600).join(' ')}] }) { totalCount } }`,
    ),
    query(
      'genres by the thousand',
      [INPUT],
      () => 'query ($g: [String!]) { movies(filter: { genres: $g }) { totalCount } }',
      () => ({
        variables: { g: Array.from({ length: 8_000 }, () => title) },
      }),
    ),
    query(
      'lists within lists without first',
      [INPUT],
      () =>
        '{ genres { movies { nodes { fans { genreProfile { genre { movies { nodes { title } } } } } } } } }',
    ),
    query(
      'genres, movies, fans and their genres',
      [INPUT, null],
      () => '{ genres { movies { nodes { fans { genreProfile { ratingCount genre { name } } } } } } }',
    ),
    query(
      'users, their genres and the movies of these',
      [INPUT],
      () =>
        '{ users(first: 100) { nodes { genreProfile { genre { movies(first: 100) { nodes { title genres { name } } } } } } } }',
    ),
    query(
      'histograms of everything similar',
      [INPUT],
      () =>
        '{ movies(first: 100) { nodes { similar(first: 100) { movie { ratingHistogram { rating count } } } } } }',
    ),
    query(
      'similar to similar',
      [INPUT],
      () =>
        '{ movies(first: 30) { nodes { similar(first: 30) { movie { similar(first: 30) { movie { title } } } } } } }',
    ),
    query(
      'searches',
      REFUSED,
      () =>
        `{ ${repeat(450, (at) => `a${at}: searchMovies(query: "the ${at} of a man and love ${at % 7}", first: 100) { movieId }`)} }`,
    ),
    query(
      'whole searches',
      REFUSED,
      () =>
        `{ ${repeat(300, (at) => `a${at}: movieSearch(query: "the ${at} of a mna and lvoe zzxqwykkwq ${at % 7}", first: 100, orderBy: TITLE_ASC, filter: { yearFrom: ${1900 + (at % 90)} }) { totalCount nodes { movieId } }`)} }`,
    ),
    query(
      'whole searches for a word joined of many',
      [INPUT, null],
      () => `{ movieSearch(query: "${'ab '.repeat(24)}", first: 100) { totalCount } }`,
    ),
    query(
      'far pages',
      REFUSED,
      () =>
        `{ ${repeat(300, (at) => `a${at}: movies(first: 100, skip: ${900_000 + at}, orderBy: TITLE_ASC) { totalCount nodes { title } }`)} }`,
    ),
    query(
      'pages beyond all limits',
      [INPUT],
      () =>
        `{ ${repeat(10, (at) => `a${at}: movies(skip: -${at + 1}) { totalCount } b${at}: movieSearch(query: "a", skip: 1000001) { totalCount }`)} }`,
    ),
    query('searches for many words', [INPUT], () => {
      const words = repeat(60, (at) => String.fromCharCode(97 + (at % 26)) + 'e');
      return `{ ${repeat(60, (at) => `a${at}: searchMovies(query: "${words}", first: 100) { movieId }`)} }`;
    }),
    query(
      'lists with diversity',
      [INPUT],
      () =>
        `{ user(userId: ${userId}) { ${repeat(230, (at) => `a${at}: recommendations(first: 1, diversity: 0.${at + 1}) { nodes { score } }`)} } }`,
    ),
    query(
      'lists for a hundred users',
      [INPUT],
      () => `{ users(first: 100) { nodes { recommendations(first: 100) { ${REASONS} } } } }`,
    ),
    query(
      'lists for the same user with many filters',
      [INPUT],
      () =>
        `{ user(userId: ${userId}) { ${repeat(140, (at) => `a${at}: recommendations(first: 100, filter: { minRatingCount: ${at} }) { ${REASONS} }`)} } }`,
    ),
    query(
      'people by the hundred, and all their films',
      [INPUT],
      () =>
        `{ ${repeat(60, (at) => `a${at}: searchPeople(query: "ada ${at}", first: 100) { name biography movies(first: 100) { movie { details { cast(first: 24) { person { movies(first: 100) { roles } } } } } } }`)} }`,
    ),
    query(
      'details of everything, in a country that is none',
      [INPUT, null],
      () =>
        '{ movies(first: 100) { nodes { hasDetails details { cast(first: 24) { character } whereToWatch(country: "x") { service } } } } }',
    ),
    query(
      'a search for people by a text that is none',
      [INPUT],
      () => `{ searchPeople(query: "${'é'.repeat(2_000)}") { name } person(personId: -1) { name } }`,
    ),
    query(
      'films by a tag that is none',
      [INPUT, null],
      () =>
        '{ a: moviesByTag(tag: "") { totalCount } b: moviesByTag(tag: "%", after: "x") { totalCount } c: moviesByTag(tag: "\\u0000") { totalCount } }',
    ),
    query(
      'predictions of everything',
      [INPUT],
      () =>
        `{ ${repeat(60, (at) => `a${at}: movies(first: ${41 + (at % 60)}) { nodes { viewerPrediction isDismissed isOnWatchlist } }`)} }`,
    ),
    query(
      'predictions of movies like movies',
      [INPUT],
      () =>
        '{ movies(first: 100) { nodes { viewerPrediction similar(first: 100) { movie { viewerPrediction isDismissed } } } } }',
    ),
    query(
      "everybody's watchlists",
      [INPUT, null],
      () =>
        '{ users(first: 100) { nodes { watchlist(first: 100) { totalCount } dismissedMovies(first: 100) { nodes { title } } } } }',
    ),
    query(
      'a long taste many times',
      [INPUT, UNREAD],
      () =>
        `query ($r: [RatingInput!]!) { ${repeat(230, (at) => `a${at}: recommendFor(ratings: $r, first: 1) { nodes { score } }`)} }`,
      () => ({ variables: { r: taste(2_000) } }),
    ),
    query(
      'a taste that is too long',
      [INPUT],
      () => 'query ($r: [RatingInput!]!) { recommendFor(ratings: $r, first: 1) { nodes { score } } }',
      () => ({ variables: { r: longTaste(2_400) } }),
    ),
    query(
      'a taste as long as allowed',
      [null, INPUT],
      () =>
        'query ($r: [RatingInput!]!) { recommendFor(ratings: $r, first: 100, diversity: 1) { nodes { score reasons { weight } } } }',
      () => ({ variables: { r: taste(2_000) } }),
    ),
    query(
      'long tastes of a hundred people',
      [INPUT],
      () =>
        'query ($q: [RecommendForInput!]!) { recommendForMany(requests: $q, first: 100) { nodes { score reasons { weight } } } }',
      () => ({ variables: { q: Array.from({ length: 100 }, () => ({ ratings: taste(40) })) } }),
    ),
    query(
      'as many lists as allowed for one user, many times',
      [INPUT],
      () =>
        `query ($q: [RecommendForInput!]!) { ${repeat(40, (at) => `a${at}: recommendForMany(requests: $q, first: 1) { nodes { score } }`)} }`,
      () => ({ variables: { q: Array.from({ length: 100 }, () => ({ userId })) } }),
    ),
    query(
      'lists for some, one of them long',
      [null, INPUT],
      () =>
        'query ($q: [RecommendForInput!]!) { recommendForMany(requests: $q, first: 20) { nodes { score reasons { movie { title } } } } }',
      () => ({ variables: { q: [{ userId }, { ratings: taste(1_900) }, { ratings: [] }, { userId: 7 }] } }),
    ),
    query(
      'a group of people with long tastes',
      [null, INPUT],
      () =>
        'query ($m: [RecommendForInput!]!) { recommendForGroup(members: $m, first: 100) { nodes { score movie { title } members { score likes } } } }',
      () => ({ variables: { m: Array.from({ length: 6 }, () => ({ ratings: taste(600) })) } }),
    ),
    query(
      'groups by the hundred',
      [INPUT],
      () =>
        `query ($m: [RecommendForInput!]!) { ${repeat(200, (at) => `a${at}: recommendForGroup(members: $m, first: 1) { nodes { score } }`)} }`,
      () => ({ variables: { m: [{ userId }, { ratings: taste(50) }] } }),
    ),
    query(
      'guessed links to tastes, by the hundred',
      [null, INPUT],
      () =>
        `{ ${repeat(100, (at) => `a${at}: tasteLinks(tokens: [${repeat(6, (place) => `"guess-${at}-${place}" `)}]) { name expiresAt isOwn }`)} }`,
    ),
    query(
      'groups of nobody, by guessed links',
      [null, INPUT],
      () =>
        `{ ${repeat(60, (at) => `a${at}: recommendForGroup(members: [{ userId: ${userId} }], tasteTokens: ["guess-${at}", "x"], first: 100) { nodes { score } }`)} }`,
    ),
    query(
      'comparisons of one user with many',
      [null, INPUT],
      () =>
        `{ ${repeat(90, (at) => `a${at}: compareUsers(userId: ${userId}, otherUserId: ${at + 1}, first: 100) { similarity agreements { movie { title } } genres { ratingCount } }`)} }`,
    ),
    query(
      'the whole map with all fields',
      [null, INPUT, TOO_LARGE],
      () =>
        `{ ${repeat(8, (at) => `a${at}: movieMap { nodes { x y movie { title genres { name } tags { tag } averageRating } } }`)} }`,
    ),
    query(
      'tags of everything',
      [null, INPUT],
      () =>
        `{ ${repeat(20, (at) => `a${at}: movies(first: 100) { nodes { tags(first: ${at + 80}) { tag count } } }`)} }`,
    ),
    query(
      'ratings of those who rate most',
      [INPUT],
      () =>
        '{ users(first: 100) { nodes { ratings(first: 100) { nodes { rating movie { title fans { name } } } } } } }',
    ),
    query(
      'the fans of everything',
      [INPUT],
      () =>
        '{ movies(orderBy: RATING_COUNT_DESC, first: 100) { nodes { fans(first: 100) { name favouriteGenre { name } ratings(first: 100) { nodes { rating } } } } } }',
    ),
    query(
      'the fans of single movies',
      REFUSED,
      () =>
        `{ ${movieIds
          .slice(0, 150)
          .map(
            (id, at) =>
              `a${at}: movie(movieId: ${id}) { fans(first: 100) { userId ratings { nodes { rating } } } }`,
          )
          .join(' ')} }`,
    ),
    query(
      'sign-ups by the dozen',
      [INPUT],
      () =>
        `mutation { ${repeat(60, (at) => `a${at}: signUp(input: { name: "n${at}", email: "hostile${at}@example.org", password: "a long enough password" }) { token }`)} }`,
    ),
    query(
      'sign-ins by the dozen',
      [INPUT],
      () =>
        `mutation { ${repeat(60, (at) => `a${at}: signIn(input: { email: "hostile${at}@example.org", password: "a long enough password" }) { token }`)} }`,
    ),
    query('a subscription by a request', [INVALID], () => 'subscription { trainingChanged { stage } }'),
    query(
      'the data set asked for again and again',
      [null, INPUT, INVALID],
      () => `{ ${repeat(400, (at) => `a${at}: dataset { name ratingCount }`)} }`,
    ),
    query(
      'what is popular now, again and again',
      [null, INPUT, INVALID],
      () =>
        `{ ${repeat(60, (at) => `a${at}: popularNow(first: 100, filter: { maxRatingCount: ${at}, genres: ["Drama"] }) { title }`)} }`,
    ),
    query(
      'a negative number of ratings',
      [INPUT],
      () => '{ popularNow(filter: { maxRatingCount: -1 }) { title } }',
    ),
    query(
      'the training asked for again and again',
      [null, INPUT, INVALID],
      () => `{ ${repeat(400, (at) => `a${at}: training { stage }`)} }`,
    ),
    query(
      'a movie asked for again and again',
      [null, INPUT, INVALID],
      () => `{ ${repeat(400, (at) => `a${at}: movie(movieId: ${movieId}) { title }`)} }`,
    ),
  ];
}
