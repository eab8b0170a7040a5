import { useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ShareBar } from '../../../components/charts/ShareBar.tsx';
import { useFigures } from '../../../components/text/figures.ts';
import { graphql } from '../../../gql/index.ts';
import { AdminPart } from './AdminPart.tsx';
import { Panel } from './Panel.tsx';
import parts from './parts.module.css';
import { whileVisible } from './polling.ts';

const TrainingNowQuery = graphql(/* GraphQL */ `
  query AdminTraining {
    admin {
      training {
        isRunning
        stage
        share
        secondsLeft
        modelVersion
      }
    }
  }
`);

/** Tells whether a model is being trained, how far it has come, and how long its stage takes still. */
export function TrainingNow() {
  const { t } = useLingui();
  const { formatShare } = useFigures();
  const result = useQuery(TrainingNowQuery, { fetchPolicy: 'cache-and-network', ...whileVisible(3_000) });
  return (
    <Panel title={t`Training now`}>
      <AdminPart result={result} errorTitle={t`The training did not load`}>
        {({ training: { isRunning, stage, share, secondsLeft } }) =>
          isRunning ? (
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
          ) : (
            <p className={parts.soft}>
              <Trans>
                No model is being trained. The first start trains one; later ones come of the trainer’s train
                command or of its schedule.
              </Trans>
            </p>
          )
        }
      </AdminPart>
    </Panel>
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
