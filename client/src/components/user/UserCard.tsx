import type { ResultOf } from '@graphql-typed-document-node/core';
import { Link } from 'react-router';
import { graphql } from '../../gql/index.ts';
import { Avatar } from './Avatar.tsx';
import { formatMean, formatNumbered } from '../text/format.ts';
import { userPath } from '../../routing/paths.ts';
import styles from './UserCard.module.css';

export const UserCardFragment = graphql(/* GraphQL */ `
  fragment UserCard on User {
    userId
    name
    sharesRatings
    ratingCount
    averageRating
  }
`);

interface UserCardProps {
  user: ResultOf<typeof UserCardFragment>;
  /** Left out where the page does not query it. */
  favouriteGenre?: string;
}

/** A user as a link, with what their ratings say at a glance. */
export function UserCard({ user, favouriteGenre }: UserCardProps) {
  const facts = [
    user.sharesRatings ? formatNumbered(user.ratingCount, 'rating') : 'private ratings',
    user.averageRating === null ? null : `★ ${formatMean(user.averageRating)}`,
    favouriteGenre,
  ].filter(Boolean);
  return (
    <Link className={styles.user} to={userPath(user.userId)}>
      <Avatar userId={user.userId} />
      <span className={styles.words}>
        <span className={styles.name}>{user.name}</span>
        {facts.length > 0 && <span className={styles.facts}>{facts.join(' · ')}</span>}
      </span>
    </Link>
  );
}
