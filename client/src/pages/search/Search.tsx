import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, filtersOf, PageHeading, SearchTooLong, toMovieFilter } from '../../components/index.ts';
import type { MovieSearchOrder } from '../../gql/graphql.ts';
import { oneOf, useAddressState } from '../../routing/addressState.ts';
import { pageQuery, type PageAddress } from '../../routing/pageQuery.ts';
import { searchText } from '../../routing/paths.ts';
import { isTooLong } from '../../routing/searchLength.ts';
import { FilmList } from '../filmList/FilmList.tsx';
import { FoundFilmsQuery, GenresQuery } from '../filmList/filmQueries.ts';
import { FilmTools } from '../filmList/FilmTools.tsx';
import { useMovieOrders } from '../filmList/movieOrders.ts';
import { FILMS_PER_PAGE, useFilmPages } from '../filmList/useFilmPages.ts';
import { useListAddress } from '../filmList/useListAddress.ts';
import { PeopleFound } from '../person/PeopleFound.tsx';
import styles from '../layout/pages.module.css';

const orderOf = (search: URLSearchParams): MovieSearchOrder =>
  oneOf(
    ['RELEVANCE', 'WEIGHTED_RATING_DESC', 'RATING_COUNT_DESC', 'RELEASE_YEAR_DESC', 'TITLE_ASC'],
    search.get('order'),
  );

const foundQuery = (search: URLSearchParams, skip: number) =>
  pageQuery(FoundFilmsQuery, {
    query: searchText(search),
    filter: toMovieFilter(filtersOf(search)),
    orderBy: orderOf(search),
    first: FILMS_PER_PAGE,
    skip,
  });

export function queries({ search }: PageAddress) {
  const text = searchText(search);
  return text && !isTooLong(text) ? [foundQuery(search, 0), pageQuery(GenresQuery, {})] : [];
}

/** Shows all films that the text in the address means. */
export default function Search() {
  const { search } = useAddressState();
  const text = searchText(search);
  if (!text) return <NothingAsked />;
  return isTooLong(text) ? <AskedTooMuch /> : <Found text={text} />;
}

function Found({ text }: { text: string }) {
  const { t } = useLingui();
  const { search, change } = useListAddress();
  const pages = useFilmPages((skip) => foundQuery(search, skip));
  const orders = { RELEVANCE: t`Best match first`, ...useMovieOrders() };
  const filters = filtersOf(search);
  const { total, isFormer } = pages;
  return (
    <div className={styles.page}>
      <header>
        <PageHeading title={t`Search: ${text}`}>
          <Trans>“{text}”</Trans>
        </PageHeading>
        <p className={styles.lead} role="status">
          {total === null || isFormer ? (
            '\u00a0'
          ) : (
            <Plural value={total} one="# film found" other="# films found" />
          )}
        </p>
      </header>
      <PeopleFound query={text} />
      <FilmTools
        pages={pages}
        order={orderOf(search)}
        orders={orders}
        filters={filters}
        withGenres
        onChange={change}
      />
      <FilmList
        pages={pages}
        label={t`Films found`}
        empty={<NothingFound isFiltered={toMovieFilter(filters) !== null} />}
      />
    </div>
  );
}

function NothingFound({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useLingui();
  return (
    <EmptyState title={t`No films match your search.`}>
      {isFiltered ? (
        <Trans>Take out a filter, or try other words.</Trans>
      ) : (
        <Trans>Try fewer words, or another spelling.</Trans>
      )}
    </EmptyState>
  );
}

function AskedTooMuch() {
  const { t } = useLingui();
  return (
    <div className={styles.page}>
      <PageHeading title={t`Search`} />
      <SearchTooLong />
    </div>
  );
}

function NothingAsked() {
  const { t } = useLingui();
  return (
    <div className={styles.page}>
      <PageHeading title={t`Search`} />
      <EmptyState title={t`Type a film title in the search field.`}>
        <Trans>Typos, joined words, initials, numbers in words and years are understood.</Trans>
      </EmptyState>
    </div>
  );
}
