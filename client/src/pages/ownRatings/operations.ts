import type { ApolloClient } from '@apollo/client';
import type { PersonalRow } from '@pocketrocket/formats';
import { patiently } from '../../api/overBudget.ts';
import { graphql } from '../../gql/index.ts';
import type { OwnFilm, RatingToImport } from './films.ts';

/** Rows of one request: the API takes 500, of which one request would be a large part of what a visitor has. */
const ROWS_PER_REQUEST = 200;

const MatchFilms = graphql(/* GraphQL */ `
  query MatchFilms($films: [MovieRowInput!]!) {
    matchMovies(rows: $films) {
      movie {
        movieId
        title
        releaseYear
      }
      candidates {
        movie {
          movieId
          title
          releaseYear
        }
      }
    }
  }
`);

const ImportMyRatings = graphql(/* GraphQL */ `
  mutation ImportMyRatings($importId: String!, $ownRatings: [ImportedRatingInput!]!) {
    importMyRatings(importId: $importId, rows: $ownRatings) {
      rows {
        movieId
        outcome
      }
      user {
        userId
        ratingCount
      }
    }
  }
`);

const UndoMyImport = graphql(/* GraphQL */ `
  mutation UndoMyImport($importId: String!) {
    undoMyImport(importId: $importId) {
      restoredCount
      keptCount
      user {
        userId
        ratingCount
      }
    }
  }
`);

/** Told how many of the rows are done. */
export type OnProgress = (done: number, total: number) => void;

/** Looks up the movies of an export's rows, in their order. @throws what the API or the network says */
export async function matchFilms(
  client: ApolloClient,
  rows: readonly PersonalRow[],
  onProgress: OnProgress,
): Promise<OwnFilm[]> {
  const films: OwnFilm[] = [];
  for (const batch of batches(rows)) {
    onProgress(films.length, rows.length);
    const variables = { films: batch.map(toInput) };
    const { data } = await patiently(() =>
      client.query({ query: MatchFilms, variables, fetchPolicy: 'no-cache', errorPolicy: 'none' }),
    );
    for (const [place, row] of batch.entries()) {
      const match = data?.matchMovies?.[place];
      films.push({
        row,
        movie: match?.movie ?? null,
        candidates: match?.candidates.map(({ movie }) => movie) ?? [],
      });
    }
  }
  return films;
}

function toInput({ title, year, imdbId, tmdbId }: PersonalRow) {
  return { title, year, tmdbId, imdbId: imdbId === null ? null : `tt${String(imdbId).padStart(7, '0')}` };
}

/** The outcomes of an import, counted. */
export interface StoredCounts {
  stored: number;
  unchanged: number;
  kept: number;
}

/** Stores ratings in the visitor's account, batch by batch under one name. @throws what the API or the network says */
export async function storeRatings(
  client: ApolloClient,
  importId: string,
  ratings: readonly RatingToImport[],
  onProgress: OnProgress,
): Promise<StoredCounts> {
  const counts = { STORED: 0, UNCHANGED: 0, KEPT: 0, UNKNOWN_MOVIE: 0 };
  let done = 0;
  for (const batch of batches(ratings)) {
    onProgress(done, ratings.length);
    const ownRatings = batch.map(({ movieId, rating, ratedAtSeconds }) => ({
      movieId,
      rating,
      ratedAt: ratedAtSeconds === null ? null : new Date(ratedAtSeconds * 1000).toISOString(),
    }));
    const { data } = await patiently(() =>
      client.mutate({ mutation: ImportMyRatings, variables: { importId, ownRatings } }),
    );
    for (const { outcome } of data?.importMyRatings.rows ?? []) counts[outcome]++;
    done += batch.length;
  }
  // As good as all that was fetched before may have changed.
  await client.cache.reset();
  return { stored: counts.STORED, unchanged: counts.UNCHANGED, kept: counts.KEPT };
}

/** Takes an import back. @returns how many ratings were taken back, and how many stay as they were changed since */
export async function undoImport(
  client: ApolloClient,
  importId: string,
): Promise<{ restoredCount: number; keptCount: number }> {
  const { data } = await patiently(() => client.mutate({ mutation: UndoMyImport, variables: { importId } }));
  await client.cache.reset();
  return data?.undoMyImport ?? { restoredCount: 0, keptCount: 0 };
}

function* batches<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_REQUEST)
    yield rows.slice(start, start + ROWS_PER_REQUEST);
}
