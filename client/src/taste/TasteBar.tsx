import { X } from 'lucide-react';
import { useState } from 'react';
import { Button, Poster } from '../components/index.ts';
import { isEnough, PICKS_FOR_A_LIST, PICKS_WANTED, tasteStore, useTaste, type Taste } from './taste.ts';
import styles from './TasteBar.module.css';

interface TasteBarProps {
  /** Given while picking: leads on to the films for the visitor, as soon as there are some. */
  onDone?: () => void;
  /** Given where the films are shown: leads back to picking. */
  onPickMore?: () => void;
}

interface Undo {
  what: string;
  before: Taste;
}

/** The films picked so far, each to be taken back, and the step that comes next. */
export function TasteBar({ onDone, onPickMore }: TasteBarProps) {
  const taste = useTaste();
  const [undo, setUndo] = useState<Undo>();
  const { picks, own } = taste;
  const undoable = undo && sizeOf(undo.before) > sizeOf(taste) ? undo : null;
  const free = Math.max(0, PICKS_WANTED - picks.length);

  function runWithUndo(what: string, action: () => void) {
    setUndo({ what, before: taste });
    action();
  }

  return (
    <section className={onDone ? styles.floating : styles.bar} aria-label="Your picks">
      <ul className={styles.picks}>
        {picks.map(({ movieId, title, releaseYear, genres }) => (
          <li key={movieId} className={styles.pick}>
            <Poster
              title={title}
              year={releaseYear}
              genres={genres.map(({ name }) => name)}
              decorative
              eager
            />
            <button
              type="button"
              className={styles.remove}
              title={title}
              onClick={() => runWithUndo(`${title} removed.`, () => tasteStore.unpick(movieId))}
            >
              <X size={16} strokeWidth={3} aria-hidden="true" />
              <span className="visually-hidden">Remove {title} from your picks</span>
            </button>
          </li>
        ))}
        {Array.from({ length: free }, (_, place) => (
          <li key={place} className={styles.free} aria-hidden="true" />
        ))}
      </ul>
      <p className={styles.words} role="status">
        {undoable ? undoable.what : progress(picks.length, own.length)}
      </p>
      <div className={styles.actions}>
        {undoable && (
          <Button
            onClick={() => {
              tasteStore.restore(undoable.before);
              setUndo(undefined);
            }}
          >
            Undo
          </Button>
        )}
        {(picks.length > 0 || own.length > 0 || taste.notSeen.length > 0) && (
          <Button onClick={() => runWithUndo('All picks removed.', () => tasteStore.startOver())}>
            Start over
          </Button>
        )}
        {onPickMore && <Button onClick={onPickMore}>Pick more</Button>}
        {onDone && isEnough(taste) && (
          <Button variant="primary" onClick={onDone}>
            See my films
          </Button>
        )}
      </div>
    </section>
  );
}

const sizeOf = ({ picks, own }: Taste) => picks.length + own.length;

function progress(count: number, numOwn: number): string {
  if (numOwn > 0) return `${count} picked, and ${numOwn} of your own ratings.`;
  if (count === 0) return `0 of ${PICKS_WANTED} picked`;
  if (count < PICKS_FOR_A_LIST) return `${count} of ${PICKS_WANTED} picked. One more for your first list.`;
  if (count < PICKS_WANTED)
    return `${count} of ${PICKS_WANTED} picked. Your first list is ready; more picks improve it.`;
  return `${count} picked. Your list is ready.`;
}
