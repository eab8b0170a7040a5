import { useQuery } from '@apollo/client/react';
import { msg, plural } from '@lingui/core/macro';
import { useParams } from 'react-router';
import {
  EmptyState,
  formatNumbered,
  GenreChips,
  GridSkeleton,
  ListSection,
  MovieGrid,
  PageHeading,
  Select,
  usePagedList,
} from '../../components/index.ts';
import type { MovieOrder } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { oneOf, useAddressState } from '../../routing/addressState.ts';
import { pageQuery, type HeadContext, type PageAddress, type PageHead } from '../../routing/pageQuery.ts';
import styles from '../layout/pages.module.css';

const GenreQuery = graphql(/* GraphQL */ `
  query GenrePage($genre: String!, $orderBy: MovieOrder!, $first: Int!, $after: String) {
    genres {
      ...GenreChip
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

const genreQuery = (genre: string, search: URLSearchParams) =>
  pageQuery(GenreQuery, { genre, orderBy: orderOf(search), first: PAGE_SIZE });

export const queries = ({ params, search }: PageAddress) => [genreQuery(params['genre'] ?? '', search)];

export function head({ params, search, read, i18n }: HeadContext): PageHead {
  const genre = read(genreQuery(params['genre'] ?? '', search))?.genre;
  if (!genre) return { exists: false };
  const { name, movieCount } = genre;
  return {
    description: i18n._(
      msg`${name}: ${plural(movieCount, { one: '# film', other: '# films' })}, best rated first.`,
    ),
  };
}

/** Lists a genre's films page by page, in the order that the address names. */
export default function Collection() {
  const { genre: name = '' } = useParams();
  const { search, updateSearch } = useAddressState();
  const result = useQuery(...genreQuery(name, search));
  const { data, error } = result;
  const genre = data?.genre;
  const list = usePagedList({ result, connection: genre?.movies, pageSize: PAGE_SIZE });

  if (data && !genre && !error) {
    return (
      <div className={styles.page}>
        <PageHeading title="No such genre">No such genre</PageHeading>
        <EmptyState title={`There is no genre “${name}” here.`}>
          {data.genres && <GenreChips genres={data.genres} label="All genres" />}
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
          label="Sort by"
          value={orderOf(search)}
          options={ORDERS}
          onChange={(order) =>
            updateSearch({ order: order === 'WEIGHTED_RATING_DESC' ? null : order, shown: null })
          }
        />
      </header>
      {data?.genres && <GenreChips genres={data.genres} current={name} />}
      <ListSection
        list={list}
        total={genre?.movies?.totalCount}
        skeleton={<GenreLoading />}
        errorTitle="The films did not load"
      >
        {(edges) => (
          <MovieGrid
            items={edges.map(({ node }) => ({ movie: node }))}
            label={`${name} films`}
            eagerCount={6}
          />
        )}
      </ListSection>
    </div>
  );
}

function GenreLoading() {
  return <GridSkeleton count={PAGE_SIZE} />;
}
