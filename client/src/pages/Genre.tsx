import type { ApolloClient } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useParams } from 'react-router';
import { oneOf, useAddressState } from '../routing/addressState.ts';
import { PageHeading } from '../components/page/PageHeading.tsx';
import { QueryError } from '../components/page/QueryError.tsx';
import type { PageAddress } from '../app/routes.ts';
import { Select } from '../components/controls/Select.tsx';
import { useShown } from '../components/list/useShown.ts';
import {
  EmptyState,
  formatNumbered,
  GenreChips,
  GridSkeleton,
  LoadMore,
  MovieGrid,
} from '../components/index.ts';
import { graphql } from '../gql/index.ts';
import type { MovieOrder } from '../gql/graphql.ts';
import styles from './pages.module.css';

const GenreQuery = graphql(/* GraphQL */ `
  query GenrePage($genre: String!, $orderBy: MovieOrder!, $first: Int!, $after: String) {
    genres {
      name
    }
    genre(name: $genre) {
      name
      movieCount
      movies(orderBy: $orderBy, first: $first, after: $after) {
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
        totalCount
      }
    }
  }
`);

const PAGE_SIZE = 24;

const ORDERS = {
  WEIGHTED_RATING_DESC: 'Best rated first',
  RATING_COUNT_DESC: 'Most rated first',
  RELEASE_YEAR_DESC: 'Newest first',
  TITLE_ASC: 'By title',
} as const satisfies Record<MovieOrder, string>;

const orderOf = (search: URLSearchParams): MovieOrder =>
  oneOf(['WEIGHTED_RATING_DESC', 'RATING_COUNT_DESC', 'RELEASE_YEAR_DESC', 'TITLE_ASC'], search.get('order'));

const variablesOf = (genre: string, search: URLSearchParams) => ({
  genre,
  orderBy: orderOf(search),
  first: PAGE_SIZE,
});

export function preload(client: ApolloClient, { params, search }: PageAddress): void {
  void client.query({ query: GenreQuery, variables: variablesOf(params['genre'] ?? '', search) });
}

/** All films of a genre, page by page, in the order that the address names. */
export default function Genre() {
  const { genre: name = '' } = useParams();
  const { search, change } = useAddressState();
  const orderBy = orderOf(search);
  const { data, error, loading, refetch, fetchMore } = useQuery(GenreQuery, {
    variables: variablesOf(name, search),
  });
  const genre = data?.genre;
  const list = useShown({
    connection: genre?.movies,
    pageSize: PAGE_SIZE,
    fetchMore: (page) => fetchMore({ variables: page, errorPolicy: 'all' }),
  });

  if (data && !genre && !error) {
    return (
      <div className={styles.page}>
        <PageHeading title="No such genre">No such genre</PageHeading>
        <EmptyState title={`There is no genre “${name}” here.`}>
          {data.genres && <GenreChips genres={data.genres} label="Genres there are" />}
        </EmptyState>
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <PageHeading title={name}>{name}</PageHeading>
          <p className={styles.lead}>{genre ? formatNumbered(genre.movieCount, 'film') : '\u00a0'}</p>
        </div>
        <Select
          label="Order"
          value={orderBy}
          options={ORDERS}
          onChange={(order) =>
            change({ order: order === 'WEIGHTED_RATING_DESC' ? null : order, shown: null })
          }
        />
      </header>
      {data?.genres && <GenreChips genres={data.genres} current={name} />}
      {genre?.movies ? (
        <>
          <MovieGrid
            items={list.edges.map(({ node }) => ({ movie: node }))}
            label={`${name} films`}
            eagerCount={6}
          />
          {list.error && <QueryError error={list.error} onRetry={async () => list.showMore()} />}
          <LoadMore
            shown={list.edges.length}
            total={genre.movies.totalCount}
            hasNextPage={list.hasMore}
            loading={list.loading}
            onLoadMore={list.showMore}
          />
        </>
      ) : loading ? (
        <GenreLoading />
      ) : (
        <QueryError error={error} onRetry={() => refetch()} title="The films did not load" />
      )}
    </div>
  );
}

export function GenreLoading() {
  return <GridSkeleton count={PAGE_SIZE} />;
}
