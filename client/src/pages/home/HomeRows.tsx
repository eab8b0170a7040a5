import type { ErrorLike } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { memo, useState } from 'react';
import { MovieRow, QueryError, RowSkeleton, SectionBoundary } from '../../components/index.ts';
import { genrePath, PATHS } from '../../routing/paths.ts';
import { useGenreWords } from '../../texts/useGenreWords.ts';
import type { HomeRow } from './chooseRows.ts';
import { distinctFilms } from './distinctFilms.ts';
import type { FilmItem } from './filmQuery.ts';
import { NearMark } from './NearMark.tsx';

interface HomeRowsProps {
  rows: readonly HomeRow[];
  /** Films that are shown above; undefined until they are known. */
  above: ReadonlySet<number> | undefined;
  isGone: (item: FilmItem) => boolean;
  /** True for rows that are asked for before they come near. */
  isEager?: boolean;
}

/**
 * Rows of which none repeats a film of those above; asked for as they come near. Each waits for the one above it, so that none of its
 * films goes again once it is shown.
 */
export function HomeRows({ rows: [row, ...others], above, isGone, isEager = true }: HomeRowsProps) {
  if (!row) return null;
  return (
    <RowAndOthers key={row.key} row={row} others={others} above={above} isGone={isGone} isEager={isEager} />
  );
}

interface RowAndOthersProps extends Omit<Required<HomeRowsProps>, 'rows'> {
  row: HomeRow;
  others: readonly HomeRow[];
}

function RowAndOthers({ row, others, above, isGone, isEager }: RowAndOthersProps) {
  const [isNear, setNear] = useState(isEager);
  const [document, options] = row.source.query;
  const result = useQuery(document, { ...options, skip: !isNear });
  const { films, error, isAwaited } = filmsOf(row, result);
  const shown = films && above && distinctFilms(films, above, isGone);
  const isWaiting = !isNear || isAwaited || !above;
  const shownSoFar = isWaiting
    ? undefined
    : new Set([...above, ...(shown ?? []).map(({ movie }) => movie.movieId)]);
  return (
    <>
      {(isWaiting || !shown || shown.length > 0) && (
        <div>
          {!isNear && <NearMark onNear={() => setNear(true)} />}
          <SectionBoundary>
            <Row
              row={row}
              films={isWaiting ? undefined : shown}
              isWaiting={isWaiting}
              error={error}
              onRetry={result.refetch}
            />
          </SectionBoundary>
        </div>
      )}
      <HomeRows rows={others} above={shownSoFar} isGone={isGone} isEager={false} />
    </>
  );
}

type Result = Pick<useQuery.Result<unknown>, 'data' | 'previousData' | 'error' | 'loading'>;

/** Reads a row's films out of the answer; out of the one before while the same is asked again. */
function filmsOf({ source }: HomeRow, { data, previousData, error, loading }: Result) {
  const known = data ?? (loading ? previousData : undefined);
  const films = known ? source.films(known) : undefined;
  return { films, error, isAwaited: !films && loading };
}

interface RowProps {
  row: HomeRow;
  /** Undefined where they did not arrive. */
  films: readonly FilmItem[] | undefined;
  isWaiting: boolean;
  error: ErrorLike | undefined;
  onRetry: () => Promise<unknown>;
}

function Row({ row, films, isWaiting, error, onRetry }: RowProps) {
  const { t } = useLingui();
  const { heading, headingTo, description } = useWords(row);
  if (isWaiting) return <RowSkeleton heading={heading} />;
  if (!films) return <QueryError error={error} onRetry={onRetry} title={t`${heading} did not load`} />;
  return (
    <FilmRow
      heading={heading}
      {...(headingTo && { headingTo })}
      {...(description && { description })}
      films={films}
      scrollKey={row.key}
    />
  );
}

interface FilmRowProps {
  heading: string;
  headingTo?: string;
  description?: string;
  films: readonly FilmItem[];
  scrollKey: string;
}

/** Rendered again only when its films change: the rows beside it arrive one by one. */
const FilmRow = memo(
  function FilmRow({ films, ...row }: FilmRowProps) {
    return <MovieRow {...row} items={films} />;
  },
  (before, after) =>
    before.heading === after.heading &&
    before.films.length === after.films.length &&
    before.films.every(({ movie }, index) => movie === after.films[index]?.movie),
);

interface RowWords {
  heading: string;
  headingTo?: string;
  description?: string;
}

function useWords(row: HomeRow): RowWords {
  const { t } = useLingui();
  const { genreName } = useGenreWords();
  switch (row.kind) {
    case 'because':
      return { heading: t`Because you liked ${row.title}` };
    case 'watchlist':
      return { heading: t`On your watchlist`, headingTo: PATHS.watchlist };
    case 'popularNow':
      return { heading: t`Popular now`, description: t`What most people watched lately.` };
    case 'hiddenGems':
      return { heading: t`Hidden gems`, description: t`Rated by few, and by those well.` };
    case 'topRated':
      return { heading: t`Top rated`, description: t`By everyone’s ratings.` };
    case 'decade':
      return { heading: row.isOwn ? t`For you from the ${row.decade}s` : t`Best of the ${row.decade}s` };
    case 'genre': {
      const genre = genreName(row.genre);
      return { heading: row.isOwn ? t`${genre} for you` : genre, headingTo: genrePath(row.genre) };
    }
  }
}
