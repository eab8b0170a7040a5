import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { showToast } from '../../components/index.ts';
import { UpdateAccount } from '../account/operations.ts';
import styles from './Privacy.module.css';

/** Says who sees the visitor's ratings, with the switch for it. */
export function Privacy({ sharesRatings }: { sharesRatings: boolean }) {
  const { t } = useLingui();
  const id = useId();
  const [update, { loading }] = useMutation(UpdateAccount);
  const change = (wanted: boolean) => {
    update({ variables: { input: { sharesRatings: wanted } } }).catch(() =>
      showToast({ text: t`Who sees your ratings was not changed. Try again.`, isProblem: true }),
    );
  };
  return (
    <div className={styles.privacy}>
      <label className={styles.choice}>
        <input
          type="checkbox"
          role="switch"
          checked={sharesRatings}
          aria-describedby={id}
          disabled={loading}
          onChange={(event) => change(event.currentTarget.checked)}
        />
        <Trans>Share my ratings</Trans>
      </label>
      <p id={id} role="status">
        {sharesRatings ? (
          <Trans>Everybody can see your ratings, your genres and what is recommended to you.</Trans>
        ) : (
          <Trans>
            Private: only you see your ratings and what follows from them. Others see your name alone.
          </Trans>
        )}
      </p>
    </div>
  );
}
