import { Link } from 'react-router';
import { Avatar } from './Avatar.tsx';
import { formatMean, formatNumbered } from '../text/format.ts';
import { userPath } from '../../routing/paths.ts';
import type { UserSummary } from '../types.ts';
import styles from './UserCard.module.css';

/** A user as a link, with what their ratings say at a glance. */
export function UserCard({ user }: { user: UserSummary }) {
  const averageRating = user.averageRating ?? null;
  const facts = [
    user.ratingCount === undefined ? null : formatNumbered(user.ratingCount, 'rating'),
    averageRating === null ? null : `★ ${formatMean(averageRating)}`,
    user.favouriteGenre?.name,
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
