import { msg, plural } from '@lingui/core/macro';
import { useFragment, useQuery } from '@apollo/client/react';
import { ExternalLink } from 'lucide-react';
import { useParams } from 'react-router';
import {
  Button,
  EmptyState,
  GenreChips,
  GridSkeleton,
  MovieGrid,
  PageHeading,
  Poster,
  QueryError,
  RatingHistogram,
  RatingStars,
  SectionBoundary,
  UserCard,
  type MovieSummary,
  type QueryErrorProps,
} from '../../components/index.ts';
import type { MoviePageQuery } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { pathNumber } from '../../routing/addressState.ts';
import { pageQuery, type HeadContext, type PageAddress, type PageHead } from '../../routing/pageQuery.ts';
import { ViewerRating } from '../../session/ViewerRating.tsx';
import { tasteStore, useTaste } from '../../taste/taste.ts';
import { formatsOf } from '../../texts/formats.ts';
import styles from './Movie.module.css';
import pages from '../layout/pages.module.css';
import users from '../users/Users.module.css';

/** The facts that a card which led here has left in the cache. */
const CachedCardFragment = graphql(/* GraphQL */ `
  fragment CachedCard on Movie {
    ...MovieCard
  }
`);

const MovieQuery = graphql(/* GraphQL */ `
  query MoviePage($movieId: Int!) {
    movie(movieId: $movieId) {
      ...MovieCard
      ratingHistogram {
        ...RatingHistogram
      }
      imdbUrl
      tmdbUrl
      fans(first: 6) {
        ...UserCard
      }
    }
  }
`);

/** A query of its own, so that the film itself need not wait for it. */
const SimilarQuery = graphql(/* GraphQL */ `
  query SimilarMovies($movieId: Int!) {
    movie(movieId: $movieId) {
      movieId
      similar(first: 18) {
        movie {
          ...MovieCard
        }
      }
    }
  }
`);

const movieQuery = (movieId: number) => pageQuery(MovieQuery, { movieId });
const similarQuery = (movieId: number) => pageQuery(SimilarQuery, { movieId });

export function queries({ params }: PageAddress) {
  const movieId = pathNumber(params['movieId']);
  return movieId === null ? [] : [movieQuery(movieId), similarQuery(movieId)];
}

export function head({ params, read, i18n }: HeadContext): PageHead {
  const movieId = pathNumber(params['movieId']);
  const movie = movieId === null ? null : read(movieQuery(movieId))?.movie;
  if (!movie) return { exists: false };
  const genres = movie.genres.map(({ name }) => name).join(', ');
  const { averageRating, ratingCount } = movie;
  const mean = averageRating === null ? null : formatsOf(i18n.locale).formatMean(averageRating);
  return {
    type: 'video.movie',
    description:
      mean === null
        ? genres
        : i18n._(
            msg`${genres}. Rated ${mean} of 5 by ${plural(ratingCount, { one: '# person', other: '# people' })}.`,
          ),
  };
}

/** Shows a film with its facts, its fans and similar films. */
export default function Movie() {
  const movieId = pathNumber(useParams()['movieId']);
  return movieId === null ? <NoSuchFilm /> : <MovieDetails key={movieId} movieId={movieId} />;
}

function MovieDetails({ movieId }: { movieId: number }) {
  const { data, error, loading, refetch } = useQuery(...movieQuery(movieId));
  // A card that led here has left the main facts: they show while the rest is on its way.
  const known = useFragment({
    fragment: CachedCardFragment,
    fragmentName: 'CachedCard',
    from: { __typename: 'Movie', movieId },
  });
  const card = data?.movie ?? (known.complete ? known.data : undefined);
  if (data && !data.movie && !error) return <NoSuchFilm />;
  if (!card) {
    if (loading) return <MovieLoading />;
    return (
      <>
        <PageHeading title="Film">Film</PageHeading>
        <QueryError error={error} onRetry={() => refetch()} title="The film did not load" />
      </>
    );
  }
  return (
    <div className={pages.page}>
      <Facts card={card} details={data?.movie} />
      {data?.movie ? (
        <Fans fans={data.movie.fans} error={error} onRetry={() => refetch()} />
      ) : (
        !loading && (
          <QueryError error={error} onRetry={() => refetch()} title="The film’s details did not load" />
        )
      )}
      <SectionBoundary title="Similar films did not load">
        <Similar movieId={movieId} />
      </SectionBoundary>
    </div>
  );
}

function MovieLoading() {
  return (
    <div className={pages.page}>
      <div className={styles.film}>
        <span className={styles.posterPlace} />
        <p className="visually-hidden" role="status">
          Loading…
        </p>
      </div>
      <GridSkeleton count={6} />
    </div>
  );
}

type Details = MoviePageQuery['movie'];

function Facts({ card, details }: { card: MovieSummary; details: Details | undefined }) {
  const { title, releaseYear, genres, posterUrl, averageRating, ratingCount } = card;
  return (
    <article className={styles.film}>
      <div className={styles.poster}>
        <Poster
          title={title}
          year={releaseYear}
          genres={genres.map(({ name }) => name)}
          posterUrl={posterUrl}
          eager
          decorative
        />
      </div>
      <div className={styles.words}>
        <PageHeading title={releaseYear ? `${title} (${releaseYear})` : title}>{title}</PageHeading>
        {releaseYear && <p className={styles.year}>{releaseYear}</p>}
        <GenreChips genres={genres} />
        <RatingStars value={averageRating} ratingCount={ratingCount} />
        <LikeButton movie={card} />
        <ViewerRating movieId={card.movieId} title={title} />
        {details && (
          <>
            <div className={styles.histogram}>
              <h2>Ratings</h2>
              <RatingHistogram buckets={details.ratingHistogram} />
            </div>
            <Elsewhere title={title} imdbUrl={details.imdbUrl} tmdbUrl={details.tmdbUrl} />
          </>
        )}
      </div>
    </article>
  );
}

function LikeButton({ movie }: { movie: MovieSummary }) {
  const { picks } = useTaste();
  const picked = picks.some(({ movieId }) => movieId === movie.movieId);
  return (
    <Button
      variant={picked ? 'quiet' : 'primary'}
      aria-pressed={picked}
      onClick={() => (picked ? tasteStore.unpick(movie.movieId) : tasteStore.pick(movie))}
    >
      {picked ? 'In your picks' : 'I like this film'}
    </Button>
  );
}

interface ElsewhereProps {
  title: string;
  imdbUrl: string | null;
  tmdbUrl: string | null;
}

function Elsewhere({ title, imdbUrl, tmdbUrl }: ElsewhereProps) {
  const links = [
    ['IMDb', imdbUrl],
    ['TMDB', tmdbUrl],
  ] as const;
  return (
    <ul className={styles.elsewhere}>
      {links.map(
        ([name, url]) =>
          url && (
            <li key={name}>
              <a href={url} rel="noreferrer">
                <span className="visually-hidden">{title} on </span>
                {name} <ExternalLink size={14} aria-hidden="true" />
              </a>
            </li>
          ),
      )}
    </ul>
  );
}

interface FansProps {
  fans: NonNullable<Details>['fans'];
  error: QueryErrorProps['error'];
  onRetry: () => Promise<unknown>;
}

function Fans({ fans, error, onRetry }: FansProps) {
  return (
    <section className={pages.section} aria-labelledby="fans">
      <h2 id="fans">Who likes it most</h2>
      {fans && fans.length > 0 ? (
        <ul className={users.people} aria-label="Who likes it most">
          {fans.map((user) => (
            <li key={user.userId}>
              <UserCard user={user} />
            </li>
          ))}
        </ul>
      ) : fans ? (
        <EmptyState title="Nobody has rated it highly yet." />
      ) : (
        <QueryError error={error} onRetry={onRetry} title="The fans did not load" />
      )}
    </section>
  );
}

function Similar({ movieId }: { movieId: number }) {
  const { data, error, loading, refetch } = useQuery(...similarQuery(movieId));
  const similar = data?.movie?.similar;
  return (
    <section className={pages.section} aria-labelledby="similar">
      <h2 id="similar">Similar films</h2>
      {similar && similar.length > 0 ? (
        <MovieGrid items={similar} label="Similar films" />
      ) : similar ? (
        <EmptyState title="No similar films are known.">
          Too few people have rated this film, or no model is trained yet.
        </EmptyState>
      ) : loading ? (
        <GridSkeleton count={6} />
      ) : (
        <QueryError error={error} onRetry={() => refetch()} title="Similar films did not load" />
      )}
    </section>
  );
}

function NoSuchFilm() {
  return (
    <div className={pages.page}>
      <PageHeading title="No such film">No such film</PageHeading>
      <EmptyState title="There is no film at this address.">
        Use search to find any film of this data set.
      </EmptyState>
    </div>
  );
}
