import { useQuery } from '@apollo/client/react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import {
  DegradedNotice,
  EmptyState,
  GridSkeleton,
  Hero,
  HeroSkeleton,
  MovieRow,
  NothingLeft,
  PageHeading,
  QueryError,
  RowSkeleton,
  SectionBoundary,
  WhenNear,
  type MovieSummary,
} from '../../components/index.ts';
import type { HomePageQuery } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { genrePath, PATHS } from '../../routing/paths.ts';
import {
  isEnough,
  PICKS_FOR_A_LIST,
  PICKS_WANTED,
  ratingsOf,
  tasteStore,
  useTaste,
  type Taste,
} from '../../taste/taste.ts';
import { TasteBar } from '../../taste/TasteBar.tsx';
import { TastePicker } from '../../taste/TastePicker.tsx';
import styles from './Home.module.css';

const HomeQuery = graphql(/* GraphQL */ `
  query HomePage {
    genres {
      name
      movieCount
    }
    movies(orderBy: WEIGHTED_RATING_DESC, first: 20) {
      edges {
        cursor
        node {
          ...MovieCard
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const GenreRowQuery = graphql(/* GraphQL */ `
  query HomeGenreRow($genre: String!, $shownAbove: [Int!]!) {
    movies(
      filter: { genres: [$genre], excludeMovieIds: $shownAbove }
      orderBy: WEIGHTED_RATING_DESC
      first: 20
    ) {
      edges {
        cursor
        node {
          ...MovieCard
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const ForYouQuery = graphql(/* GraphQL */ `
  query ForYou($ratings: [RatingInput!]!) {
    recommendFor(ratings: $ratings, first: 20) {
      edges {
        cursor
        node {
          ...Recommended
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      served {
        ranker
        ...DegradedNotice
        ...NothingLeft
      }
    }
  }
`);

/** A pool for the taste picker: the most rated films of each decade. */
const PickerPoolQuery = graphql(/* GraphQL */ `
  query PickerPool($perDecade: Int!) {
    until1959: movies(filter: { yearTo: 1959 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {
      ...PickerFilms
    }
    sixties: movies(filter: { yearFrom: 1960, yearTo: 1969 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {
      ...PickerFilms
    }
    seventies: movies(
      filter: { yearFrom: 1970, yearTo: 1979 }
      orderBy: RATING_COUNT_DESC
      first: $perDecade
    ) {
      ...PickerFilms
    }
    eighties: movies(
      filter: { yearFrom: 1980, yearTo: 1989 }
      orderBy: RATING_COUNT_DESC
      first: $perDecade
    ) {
      ...PickerFilms
    }
    nineties: movies(
      filter: { yearFrom: 1990, yearTo: 1999 }
      orderBy: RATING_COUNT_DESC
      first: $perDecade
    ) {
      ...PickerFilms
    }
    noughties: movies(
      filter: { yearFrom: 2000, yearTo: 2009 }
      orderBy: RATING_COUNT_DESC
      first: $perDecade
    ) {
      ...PickerFilms
    }
    tens: movies(filter: { yearFrom: 2010, yearTo: 2019 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {
      ...PickerFilms
    }
    since2020: movies(filter: { yearFrom: 2020 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {
      ...PickerFilms
    }
  }

  fragment PickerFilms on MovieConnection {
    edges {
      cursor
      node {
        ...PickerFilm
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

/** With the personal row and the top-rated one, seven rows in all. */
const GENRE_ROWS = 5;

const homeQuery = pageQuery(HomeQuery, {});
const pickerPoolQuery = pageQuery(PickerPoolQuery, { perDecade: 16 });
const forYouQuery = (taste: Taste) => pageQuery(ForYouQuery, { ratings: ratingsOf(taste) });

export function queries() {
  const taste = tasteStore.get();
  return [homeQuery, isEnough(taste) ? forYouQuery(taste) : pickerPoolQuery];
}

/** Shows recommendations for the visitor's picks, once there are enough, and rows by genre. */
export default function Home() {
  const { data, error, loading, refetch } = useQuery(...homeQuery);
  if (loading && !data) return <HomeLoading />;
  if (!data?.genres && !data?.movies) {
    return (
      <>
        <PageHeading>Films</PageHeading>
        <QueryError error={error} onRetry={() => refetch()} title="The films did not load" />
      </>
    );
  }
  const topRated = data.movies?.edges.map(({ node }) => node) ?? [];
  if (data.movies && topRated.length === 0) {
    return (
      <>
        <PageHeading>No films yet</PageHeading>
        <EmptyState title="The database is empty">Import a data set, then reload this page.</EmptyState>
      </>
    );
  }
  return (
    <div className="stack">
      <SectionBoundary title="Your recommendations did not load">
        <ForYou />
      </SectionBoundary>
      <SectionBoundary>
        {data.movies ? (
          <FilmRow
            heading="Top rated"
            description="By everyone’s ratings."
            movies={topRated}
            scrollKey="best"
          />
        ) : (
          <QueryError error={error} onRetry={() => refetch()} title="The top-rated films did not load" />
        )}
      </SectionBoundary>
      <GenreRows genres={data.genres ?? []} shownAbove={topRated.map(({ movieId }) => movieId)} />
    </div>
  );
}

function HomeLoading() {
  return (
    <div className="stack">
      <PageHeading className="visually-hidden">Films</PageHeading>
      <HeroSkeleton />
      <RowSkeleton />
      <RowSkeleton />
    </div>
  );
}

/** Shows the taste picker, or recommendations for the picks. */
function ForYou() {
  const taste = useTaste();
  const enough = isEnough(taste);
  const [asking, setAsking] = useState(!enough);
  const showPicker = (wanted: boolean) => {
    setAsking(wanted);
    focusTop();
  };
  if (asking || !enough) {
    return (
      <>
        <Picking onDone={() => showPicker(false)} />
        {enough && <PersonalRow taste={taste} />}
      </>
    );
  }
  return <Personal taste={taste} onPickMore={() => showPicker(true)} />;
}

function Picking({ onDone }: { onDone: () => void }) {
  const { data, error, loading, refetch } = useQuery(...pickerPoolQuery);
  const pool = useMemo(
    () =>
      [
        data?.until1959,
        data?.sixties,
        data?.seventies,
        data?.eighties,
        data?.nineties,
        data?.noughties,
        data?.tens,
        data?.since2020,
      ].flatMap((connection) => connection?.edges.map(({ node }) => node) ?? []),
    [data],
  );
  return (
    <section className={styles.picking} aria-labelledby="picker-heading">
      <div className={styles.invitation}>
        <PageHeading className={styles.headline}>What to watch next, based on what you liked</PageHeading>
        <p>
          <strong id="picker-heading">Pick {numberWord(PICKS_WANTED)} you like.</strong> Your first list
          appears after {numberWord(PICKS_FOR_A_LIST)}. Your picks stay in this browser.{' '}
          <Link to={PATHS.ownRatings}>Have ratings elsewhere?</Link>
        </p>
      </div>
      {loading && pool.length === 0 ? (
        <GridSkeleton count={24} />
      ) : pool.length === 0 ? (
        <QueryError error={error} onRetry={() => refetch()} title="The films to pick from did not load" />
      ) : (
        <TastePicker pool={pool} />
      )}
      <TasteBar onDone={onDone} />
    </section>
  );
}

function useForYou(taste: Taste) {
  const result = useQuery(...forYouQuery(taste));
  const list = (result.data ?? result.previousData)?.recommendFor;
  const picked = knownTo(taste);
  const films = list?.edges.map(({ node }) => node).filter(({ movie }) => !picked.has(movie.movieId)) ?? [];
  // Popular is never disguised as personal.
  const personal = list?.served.ranker !== 'POPULARITY';
  // Another list is another row: it starts at its beginning, instead of where a film of the former one has gone.
  const listKey = films.map(({ movie }) => movie.movieId).join();
  return { ...result, films, listKey, personal, served: list?.served };
}

function PersonalRow({ taste }: { taste: Taste }) {
  const { films, listKey, personal, served, error, refetch, loading } = useForYou(taste);
  if (films.length === 0) {
    if (loading) return <RowSkeleton heading="For you" />;
    if (served && !error) return <NothingLeft served={served} />;
    return <QueryError error={error} onRetry={() => refetch()} title="Your recommendations did not load" />;
  }
  return (
    <div id="for-you">
      <DegradedNotice served={served} />
      <MovieRow
        heading={personal ? 'For you' : 'Popular with everyone'}
        items={films}
        key={listKey}
        scrollKey={listKey}
      />
    </div>
  );
}

function Personal({ taste, onPickMore }: { taste: Taste; onPickMore: () => void }) {
  const { films, listKey, personal, served, error, refetch, loading } = useForYou(taste);
  const [top, ...others] = films;
  return (
    <>
      <PageHeading className="visually-hidden">Films</PageHeading>
      {top ? (
        <>
          <DegradedNotice served={served} />
          <Hero
            eyebrow={personal ? 'Tonight’s pick for you' : 'Popular with everyone'}
            movie={top.movie}
            reasons={top.reasons}
          />
          <MovieRow
            heading={personal ? 'For you' : 'Popular with everyone'}
            items={others}
            key={listKey}
            scrollKey={listKey}
            eagerCount={6}
          />
        </>
      ) : loading ? (
        <>
          <HeroSkeleton />
          <RowSkeleton heading="For you" />
        </>
      ) : served && !error ? (
        <NothingLeft served={served} />
      ) : (
        <QueryError error={error} onRetry={() => refetch()} title="Your recommendations did not load" />
      )}
      <TasteBar onPickMore={onPickMore} />
    </>
  );
}

interface GenreRowsProps {
  genres: NonNullable<HomePageQuery['genres']>;
  shownAbove: number[];
}

function GenreRows({ genres, shownAbove }: GenreRowsProps) {
  const { picks } = useTaste();
  // Chosen once: rows that changed places with every pick would move the page under the pointer.
  const [liked] = useState(() => picks.flatMap((pick) => pick.genres.map(({ name }) => name)));
  const countLikes = (genre: string) => liked.filter((name) => name === genre).length;
  const rows = [...genres]
    .sort((one, other) => countLikes(other.name) - countLikes(one.name) || other.movieCount - one.movieCount)
    .slice(0, GENRE_ROWS);
  return rows.map(({ name }) => (
    <SectionBoundary key={name} title={`${name} did not load`}>
      <WhenNear placeholder={<RowSkeleton heading={name} />}>
        <GenreRow genre={name} shownAbove={shownAbove} />
      </WhenNear>
    </SectionBoundary>
  ));
}

function GenreRow({ genre, shownAbove }: { genre: string; shownAbove: number[] }) {
  const { data, error, loading, refetch } = useQuery(GenreRowQuery, { variables: { genre, shownAbove } });
  if (loading && !data) return <RowSkeleton heading={genre} />;
  if (!data?.movies)
    return <QueryError error={error} onRetry={() => refetch()} title={`${genre} did not load`} />;
  return (
    <FilmRow
      heading={genre}
      headingTo={genrePath(genre)}
      movies={data.movies.edges.map(({ node }) => node)}
      scrollKey={genre}
    />
  );
}

interface FilmRowProps {
  heading: string;
  headingTo?: string;
  description?: string;
  movies: readonly MovieSummary[];
  scrollKey: string;
}

/** A row without what the visitor has picked or rated. */
function FilmRow({ movies, ...row }: FilmRowProps) {
  const picked = knownTo(useTaste());
  const items = movies.filter(({ movieId }) => !picked.has(movieId)).map((movie) => ({ movie }));
  return items.length > 0 ? <MovieRow {...row} items={items} /> : null;
}

const knownTo = (taste: Taste) => new Set(ratingsOf(taste).map(({ movieId }) => movieId));

/** Starts the other view like a page of its own: at its top, with the focus on its heading. */
function focusTop() {
  window.scrollTo({ top: 0, behavior: 'instant' });
  document.getElementById('main')?.focus({ preventScroll: true });
}

const numberWord = (number: number): string =>
  ['none', 'one', 'two', 'three', 'four', 'five'][number] ?? String(number);
