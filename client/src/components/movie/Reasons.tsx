import type { ResultOf } from '@graphql-typed-document-node/core';
import { useId, useRef } from 'react';
import { Link } from 'react-router';
import { graphql } from '../../gql/index.ts';
import { moviePath } from '../../routing/paths.ts';
import { placeBeside } from './placeBeside.ts';
import styles from './Reasons.module.css';

export const ReasonFragment = graphql(/* GraphQL */ `
  fragment Reason on RecommendationReason {
    weight
    movie {
      movieId
      title
      releaseYear
    }
  }
`);

/** A film of the history that pulled the recommendation in. */
export type Reason = ResultOf<typeof ReasonFragment>;

/** Whose history a reason speaks of: the visitor's own ("you") or that of the user on the page ("they"). */
export type ReasonSubject = 'you' | 'they';

export interface ReasonLineProps {
  /** Strongest first. */
  reasons: readonly Reason[];
  subject?: ReasonSubject;
  /** The recommended film, which names the disclosure. */
  title: string;
  /** On cards: the film on a line of its own, cut where it is too long; the disclosure has it whole. */
  compact?: boolean;
  tabIndex?: 0 | -1;
}

/** "Because you liked Heat", with a "why?" that opens all contributing films. Nothing where there is no reason. */
export function ReasonLine({ reasons, subject = 'you', title, compact = false, tabIndex }: ReasonLineProps) {
  const [strongest] = reasons;
  if (!strongest) return null;
  return (
    <p className={compact ? styles.compact : styles.line}>
      <span>Because {subject} liked</span> <strong className={styles.film}>{strongest.movie.title}</strong>{' '}
      <WhyButton reasons={reasons} subject={subject} title={title} tabIndex={tabIndex} />
    </p>
  );
}

function WhyButton({ reasons, subject, title, tabIndex }: ReasonLineProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const most = Math.max(...reasons.map(({ weight }) => weight));
  return (
    <>
      <button ref={button} type="button" className={styles.why} popoverTarget={id} tabIndex={tabIndex}>
        why?<span className="visually-hidden"> {title}</span>
      </button>
      <span
        id={id}
        popover="auto"
        role="group"
        aria-labelledby={`${id}-heading`}
        className={styles.popover}
        onBeforeToggle={(event) => {
          if (event.newState === 'open' && button.current) placeBeside(button.current, event.currentTarget);
        }}
      >
        <strong id={`${id}-heading`} className={styles.heading}>
          Why {title}?
        </strong>
        <span className={styles.explanation}>
          The films {subject === 'you' ? 'you' : 'they'} rated that count most towards it, strongest first:
        </span>
        <span role="list" className={styles.films}>
          {reasons.map(({ movie, weight }) => (
            <span role="listitem" key={movie.movieId} className={styles.contribution}>
              <Link to={moviePath(movie.movieId)}>{movie.title}</Link>
              {movie.releaseYear ? <span className={styles.year}> {movie.releaseYear}</span> : null}
              <span
                className={styles.weight}
                style={{ '--width': `${Math.max(2, (100 * weight) / most)}%` }}
                aria-hidden="true"
              />
            </span>
          ))}
        </span>
      </span>
    </>
  );
}
