import { Trans, useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { Button, ButtonLink, Poster } from '../components/index.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { useWayToGroup } from './keptGroup.ts';
import { isEnough, PICKS_WANTED, ratingsOf, tasteStore, useTaste } from './taste.ts';
import styles from './TasteBar.module.css';
import { TasteWords } from './TasteWords.tsx';
import type { TasteUndo } from './useTasteUndo.ts';

interface TasteBarProps {
  undo: TasteUndo;
  /** Given while picking: leads on to the films for the visitor, as soon as there are some. */
  onDone?: () => void;
  /** Given where the films are shown: leads back to picking. */
  onPickMore?: () => void;
}

/** The films picked so far, each to be taken back, and the step that comes next. One line, which covers as little as it can. */
export function TasteBar({ undo, onDone, onPickMore }: TasteBarProps) {
  const { t } = useLingui();
  const taste = useTaste();
  const group = useWayToGroup();
  const { picks, own, notSeen } = taste;
  const hasAny = picks.length > 0 || own.length > 0 || notSeen.length > 0;
  const canSee = onDone && isEnough(taste) ? onDone : undefined;
  useShortcuts(canSee ? [{ key: 'm', meaning: t`See my films`, act: canSee }] : []);
  const isIdle = !hasAny && undo.what === null;
  return (
    <section
      className={onDone ? styles.floating : styles.bar}
      aria-label={t`Your picks`}
      data-pick-bar={onDone ? true : undefined}
      hidden={isIdle}
    >
      <Picks undo={undo} />
      <p className={styles.words} role="status">
        {undo.what ?? <TasteWords taste={taste} />}
      </p>
      <div className={styles.actions}>
        {undo.what !== null && (
          <Button onClick={undo.undo}>
            <Trans>Undo</Trans>
          </Button>
        )}
        {hasAny && (
          <Button
            className={onDone && styles.dispensable}
            onClick={() => undo.change(t`All picks removed.`, tasteStore.startOver)}
          >
            <Trans>Start over</Trans>
          </Button>
        )}
        {onPickMore && (
          <Button onClick={onPickMore}>
            <Trans>Pick more</Trans>
          </Button>
        )}
        {canSee && (
          <Button
            variant={group ? 'quiet' : 'primary'}
            className={group ? styles.dispensable : styles.next}
            onClick={canSee}
          >
            <Trans>See my films</Trans>
          </Button>
        )}
        {group && ratingsOf(taste).length > 0 && (
          <ButtonLink variant="primary" className={styles.next} to={group}>
            <Trans>To the group</Trans>
          </ButtonLink>
        )}
      </div>
    </section>
  );
}

/** A thumbnail for each pick, which takes it back, and a place for each that is still wanted. */
function Picks({ undo }: { undo: TasteUndo }) {
  const { t } = useLingui();
  const { picks } = useTaste();
  const free = Math.max(0, PICKS_WANTED - picks.length);
  return (
    <ul className={styles.picks}>
      {picks.map(({ movieId, title, releaseYear, genres }) => (
        <li key={movieId}>
          <button
            type="button"
            className={styles.pick}
            title={title}
            onClick={() => undo.change(t`${title} removed.`, () => tasteStore.unpick(movieId))}
          >
            <span className={styles.mini}>
              <Poster
                title={title}
                year={releaseYear}
                genres={genres.map(({ name }) => name)}
                decorative
                eager
              />
            </span>
            <span className={styles.cross}>
              <X size={12} strokeWidth={3.5} aria-hidden="true" />
            </span>
            <span className="visually-hidden">
              <Trans>Remove {title} from your picks</Trans>
            </span>
          </button>
        </li>
      ))}
      {Array.from({ length: free }, (_, place) => (
        <li key={place} className={styles.free} aria-hidden="true" />
      ))}
    </ul>
  );
}
