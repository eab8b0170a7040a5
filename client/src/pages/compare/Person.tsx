import type { ResultOf } from '@graphql-typed-document-node/core';
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'react-router';
import { Avatar } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { PATHS, userPath } from '../../routing/paths.ts';
import styles from './Compare.module.css';

export const ComparedUserFragment = graphql(/* GraphQL */ `
  fragment ComparedUser on User {
    userId
    name
    ratingCount
  }
`);

interface PersonProps {
  user: ResultOf<typeof ComparedUserFragment>;
  isSelf: boolean;
}

/** One of the two, with the way to the person's page. */
export function Person({ user: { userId, name, ratingCount }, isSelf }: PersonProps) {
  const { t } = useLingui();
  return (
    <Link className={styles.person} to={isSelf ? PATHS.me : userPath(userId)}>
      <Avatar userId={userId} size={56} />
      <strong className={styles.name}>{isSelf ? <Trans>You</Trans> : name}</strong>
      <span
        className={styles.soft}
      >{t`${plural(ratingCount, { one: '# rating', other: '# ratings' })}`}</span>
    </Link>
  );
}
