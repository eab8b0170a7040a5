import { useQuery } from '@apollo/client/react';
import { msg, plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { EmptyState, filtersOf, GenreChips, PageHeading, toMovieFilter } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery, type HeadContext, type PageAddress, type PageHead } from '../../routing/pageQuery.ts';
import { genrePath } from '../../routing/paths.ts';
import { genreWordsOf } from '../../texts/genres.ts';
import { useGenreWords } from '../../texts/useGenreWords.ts';
import { FilmCount } from '../filmList/FilmCount.tsx';
import { FilmList } from '../filmList/FilmList.tsx';
import { FilmsQuery } from '../filmList/filmQueries.ts';
import { FilmTools } from '../filmList/FilmTools.tsx';
import { movieOrderOf, useMovieOrders } from '../filmList/movieOrders.ts';
import { FILMS_PER_PAGE, useFilmPages } from '../filmList/useFilmPages.ts';
import { useListAddress } from '../filmList/useListAddress.ts';
import styles from '../layout/pages.module.css';

const GenreQuery = graphql(/* GraphQL */ `
  query GenrePage($genre: String!) {
    genres {
      ...GenreChip
    }
    genre(name: $genre) {
      name
      movieCount
    }
  }
`);

const genreQuery = (genre: string) => pageQuery(GenreQuery, { genre });

const filmsQuery = (genre: string, search: URLSearchParams, skip: number) =>
  pageQuery(FilmsQuery, {
    filter: toMovieFilter({ ...filtersOf(search), genres: [genre], withoutGenres: false }),
    orderBy: movieOrderOf(search),
    first: FILMS_PER_PAGE,
    skip,
  });

export function queries({ params, search }: PageAddress) {
  const genre = params['genre'] ?? '';
  return [genreQuery(genre), filmsQuery(genre, search, 0)];
}

export function head({ params, read, i18n }: HeadContext): PageHead {
  const genre = read(genreQuery(params['genre'] ?? ''))?.genre;
  if (!genre) return { exists: false };
  const { movieCount } = genre;
  const name = genreWordsOf(i18n).genreName(genre.name);
  return {
    description: i18n._(
      msg`${name}: ${plural(movieCount, { one: '# film', other: '# films' })}, best rated first.`,
    ),
  };
}

/** Lists a genre's films, in the order and with the filters that the address names. */
export default function Collection() {
  const { t } = useLingui();
  const { genre: name = '' } = useParams();
  const location = useLocation();
  const navigate = useNavigate();
  const { data, error } = useQuery(...genreQuery(name));
  const canonical = data?.genre?.name;
  // The API knows a genre in any case; it has one address.
  const leadThere = useEffectEvent((to: string) =>
    navigate({ pathname: genrePath(to), search: location.search }, { replace: true }),
  );
  useEffect(() => {
    if (canonical !== undefined && canonical !== name) void leadThere(canonical);
  }, [canonical, name]);
  if (data && !data.genre && !error)
    return (
      <div className={styles.page}>
        <PageHeading title={t`No such genre`} />
        <EmptyState title={t`There is no genre “${name}” here.`}>
          {data.genres && <GenreChips genres={data.genres} label={t`All genres`} />}
        </EmptyState>
      </div>
    );
  return <GenreFilms key={name} name={data?.genre?.name ?? name} genres={data?.genres ?? []} />;
}

function GenreFilms({ name: genre, genres }: { name: string; genres: readonly { name: string }[] }) {
  const { t } = useLingui();
  const { genreName } = useGenreWords();
  const name = genreName(genre);
  const { search, change } = useListAddress();
  const pages = useFilmPages((skip) => filmsQuery(genre, search, skip));
  const orders = useMovieOrders();
  const filters = { ...filtersOf(search), genres: [], withoutGenres: false };
  return (
    <div className={styles.page}>
      <header>
        <PageHeading title={name} />
        <FilmCount pages={pages} />
      </header>
      <GenreChips genres={genres} current={genre} inRow />
      <FilmTools
        pages={pages}
        order={movieOrderOf(search)}
        orders={orders}
        filters={filters}
        onChange={change}
      />
      <FilmList
        pages={pages}
        label={t`${name} films`}
        empty={
          <EmptyState title={t`No ${name} film passes these filters.`}>
            <Trans>Take one of them out, or widen the years.</Trans>
          </EmptyState>
        }
      />
    </div>
  );
}
