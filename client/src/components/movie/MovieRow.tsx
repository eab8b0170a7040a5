import { Trans } from '@lingui/react/macro';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useId, useMemo, useState, type KeyboardEvent, type ReactNode, type UIEvent } from 'react';
import { Link } from 'react-router';
import { Button } from '../controls/Button.tsx';
import { useShownItems } from './cardExtras.ts';
import { MovieCard, type MovieItem } from './MovieCard.tsx';
import styles from './MovieRow.module.css';
import type { ReasonSubject } from './Reasons.tsx';
import { useListMotion } from './useListMotion.ts';
import { useRowScroll } from './useRowScroll.ts';

interface MovieRowProps {
  heading: string;
  /** The address that the heading links to. */
  headingTo?: string;
  /** A sentence under the heading, such as the way the row is ordered. */
  description?: ReactNode;
  items: readonly MovieItem[];
  /** Unique on its page: the row's scroll position comes back under it with the history entry. */
  scrollKey: string;
  subject?: ReasonSubject;
  showRating?: boolean;
  /** The number of posters that are drawn before anything scrolls. */
  eagerCount?: number;
}

/** A row to browse sideways: swipe, the two buttons, or the arrow keys; Tab leaves it. */
export function MovieRow(props: MovieRowProps) {
  const { heading, headingTo, description, scrollKey, subject, showRating, eagerCount = 0 } = props;
  const items = useShownItems(props.items);
  const headingId = useId();
  const [current, setCurrent] = useState(0);
  const { track, atStart, atEnd, scrollPage, leadingCard } = useRowScroll(scrollKey, items.length);
  useListMotion(
    track,
    useMemo(() => items.map(({ movie }) => movie.movieId), [items]),
  );

  function moveFocus(event: KeyboardEvent<HTMLUListElement>) {
    const target = rovingFocusTarget(event.key, current, items.length);
    if (target === null) return;
    event.preventDefault();
    setCurrent(target);
    const link = event.currentTarget.children[target]?.querySelector<HTMLElement>('[data-card-link]');
    link?.focus();
  }

  /** Lets Tab enter the row at the first card in view. */
  function enterAtLeadingCard(event: UIEvent<HTMLUListElement>) {
    if (!event.currentTarget.contains(document.activeElement)) setCurrent(leadingCard());
  }

  return (
    <section className={styles.row} aria-labelledby={headingId}>
      <div className={styles.head}>
        <div>
          <h2 id={headingId} className={styles.heading}>
            {headingTo ? <Link to={headingTo}>{heading}</Link> : heading}
          </h2>
          {description && <p className={styles.description}>{description}</p>}
        </div>
        <div className={styles.buttons}>
          <Button variant="icon" aria-disabled={atStart} onClick={() => scrollPage(-1)}>
            <ChevronLeft aria-hidden="true" />
            <span className="visually-hidden">
              <Trans>{heading}: scroll back</Trans>
            </span>
          </Button>
          <Button variant="icon" aria-disabled={atEnd} onClick={() => scrollPage(1)}>
            <ChevronRight aria-hidden="true" />
            <span className="visually-hidden">
              <Trans>{heading}: scroll on</Trans>
            </span>
          </Button>
        </div>
      </div>
      <ul
        ref={track}
        className={styles.track}
        aria-labelledby={headingId}
        onKeyDown={moveFocus}
        onScrollEnd={enterAtLeadingCard}
      >
        {items.map((item, index) => (
          <li key={item.movie.movieId} className={styles.item} onFocus={() => setCurrent(index)}>
            <MovieCard
              {...item}
              subject={subject}
              showRating={showRating}
              eager={index < eagerCount}
              tabIndex={index === Math.min(current, items.length - 1) ? 0 : -1}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function rovingFocusTarget(key: string, current: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return Math.min(current + 1, count - 1);
    case 'ArrowLeft':
      return Math.max(current - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
