import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ShareBar } from '../../../components/charts/ShareBar.tsx';
import { useFigures } from '../../../components/text/figures.ts';
import { useTraining, type Training } from '../../../training/useTraining.ts';
import { Waiting } from './AdminPart.tsx';
import { Panel } from './Panel.tsx';
import parts from './parts.module.css';

/** Tells whether a model is being trained, how far it has come, and how long its stage takes still. */
export function TrainingNow() {
  const { t } = useLingui();
  const training = useTraining();
  return (
    <Panel title={t`Training now`}>{training ? <TrainingState training={training} /> : <Waiting />}</Panel>
  );
}

function TrainingState({ training: { isRunning, stage, share, secondsLeft } }: { training: Training }) {
  const { formatShare } = useFigures();
  if (!isRunning)
    return (
      <p className={parts.soft}>
        <Trans>
          No model is being trained. The first start trains one; later ones come of the trainer’s train
          command or of its schedule.
        </Trans>
      </p>
    );
  return (
    <div className={parts.cards}>
      <p>
        {stage === null ? (
          <Trans>A model is being trained.</Trans>
        ) : share === null ? (
          <Trans>A model is being trained, stage {stage}.</Trans>
        ) : (
          <Trans>
            A model is being trained: {formatShare(share)} of stage {stage}.
          </Trans>
        )}{' '}
        {secondsLeft !== null && <TimeLeft seconds={secondsLeft} />}
      </p>
      <ShareBar share={share} />
    </div>
  );
}

const TimeLeft = ({ seconds }: { seconds: number }) =>
  seconds < 60 ? (
    <Trans>
      The stage takes <Plural value={seconds} one="# second" other="# seconds" /> more.
    </Trans>
  ) : (
    <Trans>
      The stage takes about <Plural value={Math.round(seconds / 60)} one="# minute" other="# minutes" /> more.
    </Trans>
  );
