import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { graphql } from '../../gql/index.ts';
import { ratingsOf } from '../../taste/taste.ts';
import { drawByWeight } from './drawByWeight.ts';
import type { Audience } from './rowQueries.ts';
import type { AddressedWishes } from './useWishes.ts';

const SurpriseQuery = graphql(/* GraphQL */ `
  query Surprise($ratings: [RatingInput!]!, $filter: MovieFilter, $diversity: Float!) {
    recommendFor(ratings: $ratings, filter: $filter, diversity: $diversity, first: 100) {
      nodes {
        score
        movie {
          movieId
        }
      }
    }
  }
`);

const ViewerSurpriseQuery = graphql(/* GraphQL */ `
  query ViewerSurprise($filter: MovieFilter, $diversity: Float!) {
    viewer {
      userId
      recommendations(filter: $filter, diversity: $diversity, first: 100) {
        nodes {
          score
          movie {
            movieId
          }
        }
      }
    }
  }
`);

/** Draws a film from the audience's own list, the better ones more often, and puts it into the address. */
export function useSurprise(audience: Audience, { filter, diversity, surprise, wish }: AddressedWishes) {
  const client = useApolloClient();
  const [state, setState] = useState<'idle' | 'drawing' | 'failed'>('idle');

  /** Apart from the cache, where the long list would take the place of the shown one. */
  async function askList() {
    const fetchPolicy = 'no-cache';
    const wishes = { filter, diversity };
    if (audience.kind === 'viewer') {
      const { data } = await client.query({ query: ViewerSurpriseQuery, variables: wishes, fetchPolicy });
      return data?.viewer?.recommendations?.nodes;
    }
    const variables = { ...wishes, ratings: ratingsOf(audience.taste) };
    const { data } = await client.query({ query: SurpriseQuery, variables, fetchPolicy });
    return data?.recommendFor?.nodes;
  }

  async function draw() {
    if (state === 'drawing') return;
    setState('drawing');
    const films = await askList().catch(() => undefined);
    const drawn = drawByWeight(
      (films ?? []).filter(({ movie }) => movie.movieId !== surprise),
      ({ score }) => score,
      Math.random(),
    );
    setState(drawn ? 'idle' : 'failed');
    if (drawn) wish({ surprise: drawn.movie.movieId });
  }

  return { draw, isDrawing: state === 'drawing', hasFailed: state === 'failed' };
}
