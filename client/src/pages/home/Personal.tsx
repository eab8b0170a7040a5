import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import {
  DegradedNotice,
  Former,
  HeroSkeleton,
  MovieRow,
  NothingLeft,
  PageHeading,
  QueryError,
  RowSkeleton,
} from '../../components/index.ts';
import { useForYou } from './forYou.ts';
import type { FilmItem } from './filmQuery.ts';
import { ForYouHero } from './ForYouHero.tsx';
import type { Audience } from './rowQueries.ts';
import { WishControls } from './WishControls.tsx';
import { useWishes } from './useWishes.ts';

interface PersonalProps {
  audience: Audience;
  /** The names of all genres. */
  genres: readonly string[];
  /** True for what the audience has behind them since the list was made. */
  isGone: (item: FilmItem) => boolean;
  /** Stands between the list and the rows below it. */
  children?: ReactNode;
  /** Renders the rows below, which repeat nothing of the list. */
  rows: (above: ReadonlySet<number> | undefined) => ReactNode;
}

/** The audience's own list with its first film large, the wishes it can be made by, and the rows below. */
export function Personal({ audience, genres, isGone, children, rows }: PersonalProps) {
  const { t } = useLingui();
  const wishes = useWishes(genres);
  const { list, error, loading, isFormer, onRetry, isPersonal } = useForYou(audience, wishes);
  const films = list?.edges.map(({ node }) => node).filter((item) => !isGone(item));
  const [top, ...others] = films ?? [];
  const above = films && new Set(films.map(({ movie }) => movie.movieId));
  const heading = isPersonal ? t`For you` : t`Popular with everyone`;
  return (
    <>
      <PageHeading className="visually-hidden">
        <Trans>Films</Trans>
      </PageHeading>
      {error && <QueryError error={error} onRetry={onRetry} title={t`Your recommendations did not load`} />}
      {top ? (
        <Former isFormer={isFormer}>
          <div className="stack">
            {/* Said above, with how far the first one has come. */}
            {list?.served.popularityReason !== 'NO_MODEL' && <DegradedNotice served={list?.served} />}
            <ForYouHero top={top} isPersonal={isPersonal} wishes={wishes} />
          </div>
        </Former>
      ) : (
        loading && !error && <HeroSkeleton />
      )}
      <WishControls audience={audience} genres={genres} wishes={wishes} />
      {others.length > 0 ? (
        <Former isFormer={isFormer}>
          <MovieRow heading={heading} items={others} scrollKey="for-you" eagerCount={6} />
        </Former>
      ) : loading && !error ? (
        <RowSkeleton heading={heading} />
      ) : (
        list && !top && !error && <NothingLeft served={list.served} />
      )}
      {children}
      {rows(loading && !list ? undefined : (above ?? new Set()))}
    </>
  );
}
