import { useLingui } from '@lingui/react/macro';
import { Bookmark, X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { CardControlsProps } from '../components/index.ts';
import { useSession } from '../session/session.ts';
import { CardPanel } from './CardPanel.tsx';
import { MarkPill } from './MarkPill.tsx';
import { useMarks } from '../session/marks.ts';
import { useMarkFilm } from './useMarkFilm.ts';
import styles from './CardControls.module.css';

/**
 * Lies over a card's poster: what the film is to the visitor, and the ways to rate, save and hide it. With a mouse three buttons appear
 * under the pointer; on touch one button opens the same as a menu. For the keyboard the panel is one stop, and keys act on the focused card.
 */
export function CardControls({ movie, tabIndex }: CardControlsProps) {
  const { session } = useSession();
  const { t } = useLingui();
  const marks = useMarks(movie.movieId);
  const { setDismissed, setOnWatchlist } = useMarkFilm();
  const [isOpen, setIsOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const isOnWatchlist = marks?.isOnWatchlist ?? false;
  const { title } = movie;
  return (
    <>
      {session && <MarkPill marks={marks} />}
      <div className={styles.controls} data-open={isOpen}>
        <button
          ref={opener}
          type="button"
          className={styles.opener}
          tabIndex={tabIndex}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          data-card-opener
          onClick={() => setIsOpen(!isOpen)}
        >
          {/* In one, of as few elements as can be: a long list has many cards. */}
          <svg
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentcolor"
            strokeWidth="2"
            strokeLinecap="round"
            strokeLinejoin="round"
            aria-hidden="true"
          >
            <path className={styles.onTouch} strokeWidth="3" d="M5 12h.01M12 12h.01M19 12h.01" />
            <path
              className={styles.withMouse}
              d="m12 2.5 2.9 6.2 6.8.9-5 4.7 1.3 6.7-6-3.3-6 3.3 1.3-6.7-5-4.7 6.8-.9z"
            />
          </svg>
          <span className="visually-hidden">
            {session ? t`Rate, save or hide ${title}` : t`Like or rate ${title}`}
          </span>
        </button>
        {session && (
          <>
            {/* Quick ways for the mouse; the panel has both for everybody. */}
            <button
              type="button"
              className={styles.quick}
              tabIndex={-1}
              aria-pressed={isOnWatchlist}
              title={isOnWatchlist ? t`On your watchlist` : t`Add to watchlist`}
              onClick={() => void setOnWatchlist(movie, !isOnWatchlist)}
            >
              <Bookmark aria-hidden="true" fill={isOnWatchlist ? 'currentcolor' : 'none'} />
              <span className="visually-hidden">{t`${title} on your watchlist`}</span>
            </button>
            <button
              type="button"
              className={styles.quick}
              tabIndex={-1}
              title={t`Not interested`}
              onClick={() => void setDismissed(movie, true)}
            >
              <X aria-hidden="true" />
              <span className="visually-hidden">{t`Not interested in ${title}`}</span>
            </button>
          </>
        )}
      </div>
      {isOpen && <CardPanel movie={movie} opener={opener} onClose={() => setIsOpen(false)} />}
    </>
  );
}
