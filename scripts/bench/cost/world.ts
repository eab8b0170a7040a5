import type { HostileWorld } from '@pocketrocket/testing';

interface WorldAnswer {
  data: {
    genres: { name: string }[];
    users: { nodes: { userId: number }[] };
  };
}

interface MoviesAnswer {
  data: {
    movies: { nodes: { movieId: number }[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } };
  };
}

const MAX_MOVIES = 2_500;

/** Sends a GraphQL request; the whole answer. */
export async function ask<Answer>(origin: string, query: string, variables: object = {}): Promise<Answer> {
  const answer = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await answer.json()) as Answer;
}

/** The names and numbers of what a server holds, the most rated movies and the users with the most ratings first. */
export async function worldOf(origin: string): Promise<HostileWorld> {
  const { data } = await ask<WorldAnswer>(
    origin,
    '{ genres { name } users(first: 100) { nodes { userId } } }',
  );
  const movieIds: number[] = [];
  for (let after: string | null = null; movieIds.length < MAX_MOVIES;) {
    const page: MoviesAnswer = await ask(
      origin,
      'query ($after: String) { movies(first: 100, orderBy: RATING_COUNT_DESC, after: $after) { nodes { movieId } pageInfo { endCursor hasNextPage } } }',
      { after },
    );
    const { nodes, pageInfo } = page.data.movies;
    movieIds.push(...nodes.map(({ movieId }) => movieId));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  return {
    movieIds,
    userIds: data.users.nodes.map(({ userId }) => userId),
    genres: data.genres.map(({ name }) => name),
  };
}
