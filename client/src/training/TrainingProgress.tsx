import { Plural, Trans } from '@lingui/react/macro';
import { useFormats } from '../texts/useFormats.ts';
import styles from './TrainingProgress.module.css';
import type { Training } from './useTraining.ts';

const SECONDS_PER_MINUTE = 60;

/** Says how far the running training has come: its stage as a bar, and the time that this still takes where it can be told. */
export function TrainingProgress({ training }: { training: Training }) {
  const { formatPercent } = useFormats();
  const { share, secondsLeft } = training;
  return (
    <div className={styles.progress}>
      <p role="status">
        <strong>
          <Trans>A model is being trained.</Trans>
        </strong>{' '}
        <Stage name={training.stage ?? ''} />
      </p>
      {/* Not in the status: it would be read out with every hundredth. */}
      <p className={styles.figures}>
        <progress className={styles.bar} value={share ?? undefined} aria-labelledby="training-share" />
        <span id="training-share">
          {share === null ? <Trans>under way</Trans> : <Trans>{formatPercent(share)} of this step</Trans>}
        </span>
        {secondsLeft !== null && (
          <span>
            <TimeLeft seconds={secondsLeft} />
          </span>
        )}
      </p>
    </div>
  );
}

function TimeLeft({ seconds }: { seconds: number }) {
  const minutes = Math.round(seconds / SECONDS_PER_MINUTE);
  return seconds < SECONDS_PER_MINUTE ? (
    <Plural value={seconds} one="about # second left" other="about # seconds left" />
  ) : (
    <Plural value={minutes} one="about # minute left" other="about # minutes left" />
  );
}

/** The trainer's stages in words. */
function Stage({ name }: { name: string }) {
  if (name.startsWith('reading')) return <Trans>Reading the ratings</Trans>;
  if (name.startsWith('drawing')) return <Trans>Drawing the map of films</Trans>;
  if (/^(measuring|answering|scoring|choosing|weighing)/.test(name))
    return <Trans>Testing what was learned</Trans>;
  return <Trans>Learning which films go together</Trans>;
}
