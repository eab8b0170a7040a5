import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Avatar, Button, ButtonLink, QueryError } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { PATHS } from '../../routing/paths.ts';
import { useSignInPath } from '../../session/signInPath.ts';
import pages from '../layout/pages.module.css';
import styles from './Group.module.css';
import { useKeptGroup } from './useKeptGroup.ts';
import type { GroupMembers, Member } from './useMembers.ts';

const MemberNameQuery = graphql(/* GraphQL */ `
  query MemberName($userId: Int!) {
    user(userId: $userId) {
      userId
      name
      sharesRatings
    }
  }
`);

/** Lists who is in the group. */
export function Members({ group }: { group: GroupMembers }) {
  const { t } = useLingui();
  const signIn = useSignInPath();
  const keepGroup = useKeptGroup();
  const { members, lapsed, hasTaste, error, refetch, remove } = group;
  return (
    <section className={pages.section} aria-labelledby="members">
      <h2 id="members">
        <Trans>Who watches</Trans>
      </h2>
      {error && <QueryError error={error} onRetry={refetch} title={t`The others did not load`} />}
      <ul className={styles.members} aria-labelledby="members">
        {members.map((member) => (
          <li key={keyOf(member)} className={styles.member}>
            <MemberBadge member={member} />
            {member.kind !== 'self' && (
              <Button variant="icon" className={styles.remove} onClick={() => remove(member)}>
                <span aria-hidden="true">✕</span>
                <span className="visually-hidden">
                  <MemberRemoval member={member} />
                </span>
              </Button>
            )}
          </li>
        ))}
        {lapsed.map((token) => (
          <li key={token} className={styles.member}>
            <span className={styles.lapsed}>
              <Trans>A link that holds no more: it was taken back or has expired.</Trans>
            </span>
            <Button onClick={() => remove({ kind: 'link', token })}>
              <Trans>Leave it out</Trans>
            </Button>
          </li>
        ))}
      </ul>
      {!hasTaste && (
        <div className={styles.invitation}>
          <p>
            <Trans>You are not among them yet: sign in, or pick a few films that you like.</Trans>
          </p>
          <p className={styles.actions}>
            <ButtonLink variant="primary" to={PATHS.home} onClick={keepGroup}>
              <Trans>Pick films</Trans>
            </ButtonLink>
            <ButtonLink to={signIn} onClick={keepGroup}>
              <Trans>Sign in</Trans>
            </ButtonLink>
          </p>
        </div>
      )}
    </section>
  );
}

function MemberBadge({ member }: { member: Member }) {
  return (
    <span className={styles.badge}>
      {member.kind === 'link' || member.userId === null ? (
        <span className={styles.guest} aria-hidden="true">
          {initialOf(member)}
        </span>
      ) : (
        <Avatar userId={member.userId} size={32} />
      )}
      <span>
        <MemberName member={member} />
      </span>
    </span>
  );
}

/** The first letter of a name; a dot where there is none. */
const initialOf = (member: Member): string =>
  Array.from((member.kind === 'user' ? null : member.name) ?? '·')[0]?.toUpperCase() ?? '·';

/** The name of a member; "You" for whoever looks. */
function MemberName({ member }: { member: Member }) {
  switch (member.kind) {
    case 'self':
      return <Trans>You</Trans>;
    case 'link':
      return member.name ?? <Trans>A guest</Trans>;
    case 'user':
      return <UserName userId={member.userId} />;
  }
}

function UserName({ userId }: { userId: number }) {
  const { data, loading } = useQuery(...pageQuery(MemberNameQuery, { userId }));
  if (data?.user && !data.user.sharesRatings)
    return <Trans>{data.user.name} (keeps the ratings private)</Trans>;
  if (data?.user) return data.user.name;
  return loading ? <>&nbsp;</> : <Trans>Nobody</Trans>;
}

function MemberRemoval({ member }: { member: Member }) {
  return (
    <Trans>
      Leave out <MemberName member={member} />
    </Trans>
  );
}

const keyOf = (member: Member): string =>
  member.kind === 'link' ? member.token : `${member.kind} ${member.userId}`;
