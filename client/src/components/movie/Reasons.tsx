import { Trans } from '@lingui/react/macro';
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

/** Addresses the visitor, whose own history gives the reasons ("you"), or speaks of the user on the page ("they"). */
export type ReasonSubject = 'you' | 'they';

interface ReasonLineProps {
  /** Strongest first. */
  reasons: readonly Reason[];
  subject?: ReasonSubject;
  /** The recommended film, which names the disclosure. */
  title: string;
  /** On cards: the film on a line of its own, cut where it is too long; the disclosure has it whole. */
  compact?: boolean;
  tabIndex?: 0 | -1;
}

/** Says "Because you liked Heat", with a "why?" that opens all contributing films. Renders nothing without a reason. */
export function ReasonLine({ reasons, subject = 'you', title, compact = false, tabIndex }: ReasonLineProps) {
  const [strongest] = reasons;
  if (!strongest) return null;
  const film = <strong className={styles.film}>{strongest.movie.title}</strong>;
  return (
    <p className={compact ? styles.compact : styles.line}>
      {subject === 'you' ? (
        <Trans>
          <span>Because you liked</span> {film}
        </Trans>
      ) : (
        <Trans>
          <span>Because they liked</span> {film}
        </Trans>
      )}{' '}
      <WhyButton reasons={reasons} subject={subject} title={title} tabIndex={tabIndex} />
    </p>
  );
}

function WhyButton({ reasons, subject, title, tabIndex }: ReasonLineProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const stopFollowing = useRef<() => void>(undefined);
  const most = Math.max(...reasons.map(({ weight }) => weight));
  return (
    <>
      <button ref={button} type="button" className={styles.why} popoverTarget={id} tabIndex={tabIndex}>
        <Trans>
          why?<span className="visually-hidden"> {title}</span>
        </Trans>
      </button>
      <span
        id={id}
        popover="auto"
        role="group"
        aria-labelledby={`${id}-heading`}
        className={styles.popover}
        onBeforeToggle={(event) => {
          stopFollowing.current?.();
          if (event.newState !== 'open' || !button.current) return;
          stopFollowing.current = placeBeside(button.current, event.currentTarget);
        }}
      >
        <strong id={`${id}-heading`} className={styles.heading}>
          <Trans>Why {title}?</Trans>
        </strong>
        <span className={styles.explanation}>
          {subject === 'you' ? (
            <Trans>The films you like that speak for it, strongest first:</Trans>
          ) : (
            <Trans>The films they like that speak for it, strongest first:</Trans>
          )}
        </span>
        <span role="list" className={styles.films}>
          {reasons.map(({ movie, weight }) => (
            <span role="listitem" key={movie.movieId} className={styles.contribution}>
              <span className={styles.contributor}>
                <Link to={moviePath(movie.movieId)}>{movie.title}</Link>
                {movie.releaseYear ? <span className={styles.year}> {movie.releaseYear}</span> : null}
              </span>
              <span className={styles.scale}>
                <span
                  className={styles.weight}
                  style={{ '--width': `${Math.max(2, (100 * weight) / most)}%` }}
                  aria-hidden="true"
                />
              </span>
              <span className={styles.words}>
                <WeightInWords share={weight / most} />
              </span>
            </span>
          ))}
        </span>
      </span>
    </>
  );
}

/** A reason's weight beside the strongest one's. */
function WeightInWords({ share }: { share: number }) {
  if (share >= 0.999) return <Trans>speaks for it most</Trans>;
  if (share >= 0.6) return <Trans>almost as much</Trans>;
  if (share >= 0.3) return <Trans>about half as much</Trans>;
  return <Trans>a little</Trans>;
}
