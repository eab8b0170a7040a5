import { skipToken, useQuery } from '@apollo/client/react';
import { useSearchParams } from 'react-router';
import {
  EmptyState,
  formatNumbered,
  GridSkeleton,
  MovieGrid,
  PageHeading,
  QueryError,
} from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery, type PageAddress } from '../../routing/pageQuery.ts';
import { searchText } from '../../routing/paths.ts';
import styles from '../layout/pages.module.css';

const SearchQuery = graphql(/* GraphQL */ `
  query SearchPage($query: String!) {
    searchMovies(query: $query, first: 48) {
      ...MovieCard
    }
  }
`);

const searchQuery = (query: string) => pageQuery(SearchQuery, { query });

export function queries({ search }: PageAddress) {
  const query = searchText(search);
  return query ? [searchQuery(query)] : [];
}

/** Shows the films that match the text in the address. */
export default function Search() {
  const query = searchText(useSearchParams()[0]);
  const { data, error, loading, refetch } = useQuery(
    SearchQuery,
    query ? { variables: { query } } : skipToken,
  );
  const found = data?.searchMovies;
  if (!query) {
    return (
      <div className={styles.page}>
        <PageHeading title="Search">Search</PageHeading>
        <EmptyState title="Type a film title in the search field.">
          Accents, a leading article and small typos do not matter.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <header>
        <PageHeading title={`Search: ${query}`}>“{query}”</PageHeading>
        <p className={styles.lead} role="status">
          {found ? `${formatNumbered(found.length, 'film')} found` : '\u00a0'}
        </p>
      </header>
      {found && found.length > 0 ? (
        <MovieGrid items={found.map((movie) => ({ movie }))} label="Films found" eagerCount={6} />
      ) : found ? (
        <EmptyState title="No films match your search.">Try fewer words, or another spelling.</EmptyState>
      ) : loading ? (
        <SearchLoading />
      ) : (
        <QueryError error={error} onRetry={() => refetch()} title="The search failed" />
      )}
    </div>
  );
}

function SearchLoading() {
  return <GridSkeleton count={12} />;
}
