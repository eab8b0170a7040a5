import { Trans } from '@lingui/react/macro';
import { ButtonLink } from '../../components/index.ts';
import { useWayToGroup } from '../../taste/keptGroup.ts';
import styles from './Home.module.css';

/** Leads back to the group that the visitor has left to pick films. */
export function BackToGroup() {
  const group = useWayToGroup();
  return (
    group && (
      <p className={styles.group}>
        <ButtonLink to={group}>
          <Trans>Back to the group</Trans>
        </ButtonLink>
      </p>
    )
  );
}
