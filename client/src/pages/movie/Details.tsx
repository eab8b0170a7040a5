import { useQuery } from '@apollo/client/react';
import type { ResultOf } from '@graphql-typed-document-node/core';
import type { ReactNode } from 'react';
import { graphql } from '../../gql/index.ts';
import { Cast } from './Cast.tsx';
import { Attribution } from './Attribution.tsx';
import { Trailer } from './Trailer.tsx';
import { WhereToWatch } from './WhereToWatch.tsx';
import styles from './Movie.module.css';

const DetailsQuery = graphql(/* GraphQL */ `
  query MovieDetails($movieId: Int!) {
    movie(movieId: $movieId) {
      movieId
      # A page that was kept may be older than the poster.
      posterUrl
      details {
        overview
        tagline
        runtimeMinutes
        trailerYoutubeId
        watchCountries
        directors {
          ...PersonLink
        }
        cast(first: 12) {
          ...CastMember
        }
      }
    }
  }
`);

type FilmDetails = NonNullable<NonNullable<ResultOf<typeof DetailsQuery>['movie']>['details']>;

/** The film as far as TMDB has told of it. */
export interface DetailsState {
  details: FilmDetails | null;
  /** True while they may still come: their room is kept. */
  isComing: boolean;
  /** True where TMDB, or the server, did not answer. */
  isFailed: boolean;
  onRetry: () => void;
}

interface DetailsProps {
  movieId: number;
  /** True where there is somebody to ask. */
  hasDetails: boolean;
  /** The top of the page, which shows some of the details. */
  children: (state: DetailsState) => ReactNode;
}

/** Asks for what TMDB tells of a film, beside the page: it never waits for it, and stands without it. */
export function Details({ movieId, hasDetails, children }: DetailsProps) {
  const { data, error, loading, refetch } = useQuery(DetailsQuery, {
    variables: { movieId },
    skip: !hasDetails,
    // A server that renders the page does not wait for another one's.
    ssr: false,
  });
  const details = data?.movie?.details ?? null;
  const isComing = hasDetails && !details && !error && (loading || !data);
  return (
    <>
      {children({
        details,
        isComing,
        isFailed: error !== undefined && !details,
        onRetry: () => void refetch(),
      })}
      {(details || isComing) && (
        <div className={styles.more} data-coming={isComing || undefined}>
          {details && (
            <>
              <Cast cast={details.cast} />
              <div className={styles.beside}>
                {details.trailerYoutubeId && <Trailer youtubeId={details.trailerYoutubeId} />}
                {details.watchCountries.length > 0 && (
                  <WhereToWatch movieId={movieId} countries={details.watchCountries} />
                )}
              </div>
              <Attribution />
            </>
          )}
        </div>
      )}
    </>
  );
}
