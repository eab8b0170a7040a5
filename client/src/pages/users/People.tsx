import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans } from '@lingui/react/macro';
import { UserCard } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import styles from './Users.module.css';

export const ListedUserFragment = graphql(/* GraphQL */ `
  fragment ListedUser on User {
    ...UserCard
    favouriteGenre {
      name
    }
  }
`);

interface PeopleProps {
  users: readonly ResultOf<typeof ListedUserFragment>[];
  /** Names the list for screen readers. */
  label: string;
  /** Tells where each leads to; to the person's page without it. */
  to?: (userId: number) => string;
}

/** People in as many columns as fit. */
export function People({ users, label, to }: PeopleProps) {
  return (
    <ul className={styles.people} aria-label={label}>
      {users.map((user) => (
        <li key={user.userId}>
          <UserCard user={user} favouriteGenre={user.favouriteGenre?.name} to={to?.(user.userId)} />
        </li>
      ))}
    </ul>
  );
}

export function PeopleLoading() {
  return (
    <div className={styles.waiting} aria-busy="true">
      <p role="status">
        <Trans>Loading people…</Trans>
      </p>
    </div>
  );
}
