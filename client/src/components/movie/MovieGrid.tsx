import type { ReactNode } from 'react';
import { MovieCard, type MovieItem } from './MovieCard.tsx';
import styles from './MovieGrid.module.css';
import type { ReasonSubject } from './Reasons.tsx';

export interface MovieGridProps {
  items: readonly MovieItem[];
  /** Names the list for screen readers. */
  label: string;
  subject?: ReasonSubject;
  /** How many posters are drawn before anything scrolls. */
  eagerCount?: number;
}

/** Films in as many columns as fit: two on a phone, six on a desktop. */
export function MovieGrid({ items, label, subject, eagerCount = 0 }: MovieGridProps) {
  return (
    <CardGrid label={label}>
      {items.map((item, index) => (
        <li key={item.movie.movieId}>
          <MovieCard {...item} subject={subject} eager={index < eagerCount} />
        </li>
      ))}
    </CardGrid>
  );
}

/** The grid alone, for `<li>` children of any kind of card. */
export function CardGrid({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.grid} aria-label={label}>
      {children}
    </ul>
  );
}
