import type { ResultOf } from '@graphql-typed-document-node/core';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router';
import { graphql } from '../../gql/index.ts';
import { userPath } from '../../routing/paths.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { useGenreWords } from '../../texts/useGenreWords.ts';
import { Avatar } from './Avatar.tsx';
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
  /** Leads elsewhere than to the person's page. */
  to?: string;
}

/** A user as a link, with what their ratings say at a glance. */
export function UserCard({ user, favouriteGenre, to }: UserCardProps) {
  const { t } = useLingui();
  const { formatMean } = useFormats();
  const { genreName } = useGenreWords();
  const { userId, name, sharesRatings, ratingCount, averageRating } = user;
  const facts = [
    sharesRatings ? t`${plural(ratingCount, { one: '# rating', other: '# ratings' })}` : t`private ratings`,
    // Never as a film's stars: it says how strict somebody is.
    averageRating === null ? null : t`gives ${formatMean(averageRating)} on average`,
    favouriteGenre && genreName(favouriteGenre),
  ].filter(Boolean);
  return (
    <Link className={styles.user} to={to ?? userPath(userId)}>
      <Avatar userId={userId} />
      <span className={styles.words}>
        <span className={styles.name}>{name}</span>
        {facts.length > 0 && <span className={styles.facts}>{facts.join(' · ')}</span>}
      </span>
    </Link>
  );
}
