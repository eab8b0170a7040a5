import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { TrainingProgress } from '../../training/TrainingProgress.tsx';
import { useTraining } from '../../training/useTraining.ts';
import styles from './Home.module.css';

/** Says that no model has been trained yet, and how far the first one has come; keeps its room once it is there. */
export function FirstTraining({ hasModel }: { hasModel: boolean }) {
  const [wasMissing] = useState(!hasModel);
  if (!wasMissing && hasModel) return null;
  return (
    <section className={styles.training}>
      <Progress hasModel={hasModel} />
    </section>
  );
}

function Progress({ hasModel }: { hasModel: boolean }) {
  const training = useTraining();
  if (hasModel)
    return (
      <p role="status">
        <Trans>The first model is trained: lists are personal now.</Trans>
      </p>
    );
  if (training?.isRunning)
    return (
      <>
        <TrainingProgress training={training} />
        <p>
          <Trans>Until it is done, lists show what most people have rated.</Trans>
        </p>
      </>
    );
  return (
    <p>
      <Trans>No model has been trained yet: lists show what most people have rated.</Trans>
    </p>
  );
}
