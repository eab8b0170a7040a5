import { Trans } from '@lingui/react/macro';
import { Button } from '../../components/index.ts';
import type { DetailsState } from './Details.tsx';
import { PersonLink } from '../person/PersonLink.tsx';
import styles from './Movie.module.css';

interface SynopsisProps {
  state: DetailsState;
  /** The content as an app tells it, where one added it. */
  overview: string | null;
}

/** Tells what a film is about and who directed it; keeps room while that is on its way. */
export function Synopsis({ state: { details, isComing, isFailed, onRetry }, overview }: SynopsisProps) {
  const about = details?.overview ?? overview;
  if (isComing && !about) return <p className={styles.coming} aria-hidden="true" />;
  if (isFailed && !about)
    return (
      <div className={styles.failed} role="status">
        <p>
          <Trans>Synopsis, cast and trailer are not to be had just now.</Trans>
        </p>
        <Button onClick={onRetry}>
          <Trans>Try again</Trans>
        </Button>
      </div>
    );
  const directors = details?.directors ?? [];
  return (
    <>
      {details?.tagline && <p className={styles.tagline}>{details.tagline}</p>}
      {about && <p className={styles.about}>{about}</p>}
      {directors.length > 0 && (
        <dl className={styles.makers}>
          <dt>
            <Trans>Directed by</Trans>
          </dt>
          {directors.map((person) => (
            <dd key={person.personId}>
              <PersonLink person={person} />
            </dd>
          ))}
        </dl>
      )}
    </>
  );
}
