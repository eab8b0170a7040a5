import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, filtersOf, PageHeading, toMovieFilter } from '../../components/index.ts';
import { pageQuery, type PageAddress } from '../../routing/pageQuery.ts';
import { FilmCount } from '../filmList/FilmCount.tsx';
import { FilmList } from '../filmList/FilmList.tsx';
import { FilmsQuery, GenresQuery } from '../filmList/filmQueries.ts';
import { FilmTools } from '../filmList/FilmTools.tsx';
import { movieOrderOf, useMovieOrders } from '../filmList/movieOrders.ts';
import { FILMS_PER_PAGE, useFilmPages } from '../filmList/useFilmPages.ts';
import { useListAddress } from '../filmList/useListAddress.ts';
import styles from '../layout/pages.module.css';

const filmsQuery = (search: URLSearchParams, skip: number) =>
  pageQuery(FilmsQuery, {
    filter: toMovieFilter(filtersOf(search)),
    orderBy: movieOrderOf(search),
    first: FILMS_PER_PAGE,
    skip,
  });

export const queries = ({ search }: PageAddress) => [filmsQuery(search, 0), pageQuery(GenresQuery, {})];

/** Lists all films, or those that pass the address's filters. */
export default function Films() {
  const { t } = useLingui();
  const { search, change } = useListAddress();
  const pages = useFilmPages((skip) => filmsQuery(search, skip));
  const orders = useMovieOrders();
  return (
    <div className={styles.page}>
      <header>
        <PageHeading title={t`All films`} />
        <FilmCount pages={pages} />
      </header>
      <FilmTools
        pages={pages}
        order={movieOrderOf(search)}
        orders={orders}
        filters={filtersOf(search)}
        withGenres
        onChange={change}
      />
      <FilmList
        pages={pages}
        label={t`Films`}
        empty={
          <EmptyState title={t`No film passes these filters.`}>
            <Trans>Take one of them out, or widen the years.</Trans>
          </EmptyState>
        }
      />
    </div>
  );
}
