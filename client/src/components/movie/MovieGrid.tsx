import { useMemo, useRef, type ReactNode, type Ref } from 'react';
import { useShownItems } from './cardExtras.ts';
import { MovieCard, type MovieItem } from './MovieCard.tsx';
import styles from './MovieGrid.module.css';
import type { ReasonSubject } from './Reasons.tsx';
import { useListMotion } from './useListMotion.ts';

interface MovieGridProps {
  items: readonly MovieItem[];
  /** Names the list for screen readers. */
  label: string;
  subject?: ReasonSubject;
  /** The number of posters that are drawn before anything scrolls. */
  eagerCount?: number;
  /** For lists of what the visitor has dismissed, which no other list shows. */
  withDismissed?: boolean;
}

/** Films in as many columns as fit: two on a phone, six on a desktop. */
export function MovieGrid({ items, label, subject, eagerCount = 0, withDismissed = false }: MovieGridProps) {
  const list = useRef<HTMLUListElement>(null);
  const notDismissed = useShownItems(items);
  const shown = withDismissed ? items : notDismissed;
  useListMotion(
    list,
    useMemo(() => shown.map(({ movie }) => movie.movieId), [shown]),
  );
  return (
    <CardGrid label={label} ref={list}>
      {shown.map((item, index) => (
        <li key={item.movie.movieId}>
          <MovieCard {...item} subject={subject} eager={index < eagerCount} />
        </li>
      ))}
    </CardGrid>
  );
}

interface CardGridProps {
  label: string;
  children: ReactNode;
  ref?: Ref<HTMLUListElement>;
}

/** The grid alone, for `<li>` children of any kind of card. */
export function CardGrid({ label, children, ref }: CardGridProps) {
  return (
    <ul ref={ref} className={styles.grid} aria-label={label}>
      {children}
    </ul>
  );
}
