import { useLingui } from '@lingui/react/macro';
import { memo, useDeferredValue, useMemo, useState, useSyncExternalStore } from 'react';
import {
  Former,
  MovieRow,
  NothingLeft,
  QueryError,
  RowSkeleton,
  SectionBoundary,
} from '../../components/index.ts';
import { isEnough, ratingsOf, tasteStore, useTaste, type Taste } from '../../taste/taste.ts';
import { TasteBar } from '../../taste/TasteBar.tsx';
import { useTasteUndo } from '../../taste/useTasteUndo.ts';
import { chooseRows } from './chooseRows.ts';
import type { FilmItem } from './filmQuery.ts';
import { NO_WISHES, useForYou } from './forYou.ts';
import { HomeRows } from './HomeRows.tsx';
import { Personal } from './Personal.tsx';
import { Picking } from './Picking.tsx';
import type { Catalogue } from './Home.tsx';

/** Home of a visitor without an account: asks for films to like, then shows what follows from them. */
export function VisitorHome({ catalogue }: { catalogue: Catalogue }) {
  const enough = isEnough(useTaste());
  const startedWithEnough = useEnoughAtStart();
  const [wanted, setWanted] = useState<boolean>();
  const asking = wanted ?? !startedWithEnough;
  // Who starts over goes on picking, beyond the first two.
  if (!enough && !asking) setWanted(true);
  const show = (next: boolean) => {
    setWanted(next);
    focusTop();
  };
  // Another view is another page: its rows are chosen anew, by what was picked meanwhile.
  return asking || !enough ? (
    <Asking key="asking" catalogue={catalogue} onDone={() => show(false)} />
  ) : (
    <Told key="told" catalogue={catalogue} onPickMore={() => show(true)} />
  );
}

/** True for who came with enough picks; false on a server and while its page is taken over. */
function useEnoughAtStart(): boolean {
  const [atStart] = useState(() => isEnough(tasteStore.get()));
  return useSyncExternalStore(
    NEVER,
    () => atStart,
    () => false,
  );
}

const NEVER = () => () => undefined;

function Asking({ catalogue, onDone }: { catalogue: Catalogue; onDone: () => void }) {
  const { t } = useLingui();
  // An answer first shows on the card and in the bar; the lists follow when they have been made.
  const taste = useDeferredValue(useTaste());
  // Chosen once: rows that changed with every pick would move the page under the pointer.
  const [rows] = useState(() => rowsFor(catalogue, { ...taste, picks: [], own: [] }));
  const isGone = useMemo(() => goneFrom(taste), [taste]);
  return (
    <>
      <SectionBoundary title={t`The films to pick from did not load`}>
        <Picking onDone={onDone} />
      </SectionBoundary>
      {isEnough(taste) && <FirstList taste={taste} isGone={isGone} />}
      <LaterRows rows={rows} above={NOTHING} isGone={isGone} />
    </>
  );
}

interface FirstListProps {
  taste: Taste;
  isGone: (item: FilmItem) => boolean;
}

/** Left alone while nothing that it gets has changed: an answer to the picker first has other effects. */
const LaterRows = memo(HomeRows);

/** The list that grows while films are picked. */
const FirstList = memo(function FirstList({ taste, isGone }: FirstListProps) {
  const { t } = useLingui();
  const answer = useForYou({ kind: 'visitor', taste }, NO_WISHES);
  const { list, error, loading, isFormer, isPersonal, onRetry } = answer;
  const heading = isPersonal ? t`For you` : t`Popular with everyone`;
  const films = list?.edges.map(({ node }) => node).filter((item) => !isGone(item)) ?? [];
  return (
    <>
      {error && <QueryError error={error} onRetry={onRetry} title={t`Your recommendations did not load`} />}
      {films.length > 0 ? (
        <Former isFormer={isFormer}>
          <MovieRow heading={heading} items={films} scrollKey="first-list" />
        </Former>
      ) : loading && !error ? (
        <RowSkeleton heading={heading} />
      ) : (
        list && !error && <NothingLeft served={list.served} />
      )}
    </>
  );
});

function Told({ catalogue, onPickMore }: { catalogue: Catalogue; onPickMore: () => void }) {
  const taste = useTaste();
  const undo = useTasteUndo();
  const [rows] = useState(() => rowsFor(catalogue, taste));
  const isGone = goneFrom(taste);
  return (
    <Personal
      audience={{ kind: 'visitor', taste }}
      genres={catalogue.genres.map(({ name }) => name)}
      isGone={isGone}
      rows={(above) => <HomeRows rows={rows} above={above} isGone={isGone} />}
    >
      <TasteBar undo={undo} onPickMore={onPickMore} />
    </Personal>
  );
}

const NOTHING: ReadonlySet<number> = new Set();

const rowsFor = ({ genres, dataset }: Catalogue, taste: Taste) =>
  chooseRows({
    audience: { kind: 'visitor', taste },
    liked: taste.picks.toReversed(),
    genres,
    dataset,
    hasWatchlist: false,
  });

/** Tells the films that the visitor has picked or rated elsewhere: they are in no row. */
function goneFrom(taste: Taste): (item: FilmItem) => boolean {
  const known = new Set(ratingsOf(taste).map(({ movieId }) => movieId));
  return ({ movie }) => known.has(movie.movieId);
}

/** Starts the other view like a page of its own: at its top, with the focus on its heading. */
function focusTop() {
  window.scrollTo({ top: 0, behavior: 'instant' });
  document.getElementById('main')?.focus({ preventScroll: true });
}
