import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type ReactNode, type UIEvent } from 'react';
import { Link } from 'react-router';
import { Button } from '../controls/Button.tsx';
import { MovieCard, type MovieItem } from './MovieCard.tsx';
import styles from './MovieRow.module.css';
import type { ReasonSubject } from './Reasons.tsx';
import { useRowScroll } from './useRowScroll.ts';

export interface MovieRowProps {
  heading: string;
  /** The collection that the heading leads to. */
  headingTo?: string;
  /** One sentence under the heading, such as how the row was made. */
  description?: ReactNode;
  items: readonly MovieItem[];
  /** Unique on its page: the row's scroll position comes back under it with the history entry. */
  scrollKey: string;
  subject?: ReasonSubject;
  showRating?: boolean;
  /** How many posters are drawn before anything scrolls. */
  eagerCount?: number;
}

/** A row to browse sideways: swipe, the two buttons, or the arrow keys; Tab leaves it. */
export function MovieRow(props: MovieRowProps) {
  const { heading, headingTo, description, items, scrollKey, subject, showRating, eagerCount = 0 } = props;
  const headingId = useId();
  const [current, setCurrent] = useState(0);
  const { track, atStart, atEnd, scrollPage, leadingCard } = useRowScroll(scrollKey, items.length);

  function moveFocus(event: KeyboardEvent<HTMLUListElement>) {
    const target = rovingTarget(event.key, current, items.length);
    if (target === null) return;
    event.preventDefault();
    setCurrent(target);
    const link = event.currentTarget.children[target]?.querySelector<HTMLElement>('[data-card-link]');
    link?.focus();
  }

  /** Tab comes in where the eye is. */
  function followScroll(event: UIEvent<HTMLUListElement>) {
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
            <span className="visually-hidden">Back in {heading}</span>
          </Button>
          <Button variant="icon" aria-disabled={atEnd} onClick={() => scrollPage(1)}>
            <ChevronRight aria-hidden="true" />
            <span className="visually-hidden">On in {heading}</span>
          </Button>
        </div>
      </div>
      <ul
        ref={track}
        className={styles.track}
        aria-labelledby={headingId}
        onKeyDown={moveFocus}
        onScrollEnd={followScroll}
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

function rovingTarget(key: string, current: number, count: number): number | null {
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
