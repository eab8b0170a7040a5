import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { ButtonLink, PageSkeleton, QueryError } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { PATHS } from '../../routing/paths.ts';
import styles from '../forms/forms.module.css';
import pages from '../layout/pages.module.css';
import { OwnArea } from '../ownArea/OwnArea.tsx';
import { DeleteAccount, ExportData } from './AccountData.tsx';
import { ChangePassword, Profile, Sessions } from './AccountForms.tsx';
import { Email } from './Email.tsx';
import { GroupLinks } from './GroupLinks.tsx';

const AccountQuery = graphql(/* GraphQL */ `
  query AccountPage {
    viewer {
      userId
      name
      sharesRatings
      account {
        ...OwnEmail
      }
    }
    myTasteLinks {
      ...OwnTasteLink
    }
  }
`);

export { privateHead as head } from '../../routing/pageQuery.ts';

/** The visitor's own account: name, privacy, password, sessions, data. */
export default function Account() {
  const { t } = useLingui();
  return <OwnArea title={t`Your account`}>{() => <Settings />}</OwnArea>;
}

function Settings() {
  const { t } = useLingui();
  const { data, loading, error, refetch } = useQuery(...pageQuery(AccountQuery, {}));
  if (loading && !data) return <PageSkeleton />;
  if (!data?.viewer)
    return <QueryError error={error} onRetry={() => refetch()} title={t`Your account did not load`} />;
  const { name, sharesRatings, account } = data.viewer;
  return (
    <div className={styles.settings}>
      <Profile name={name} sharesRatings={sharesRatings} />
      {account && <Email account={account} />}
      <ChangePassword />
      <Sessions />
      <GroupLinks links={data.myTasteLinks ?? []} />
      <section className={pages.section} aria-labelledby="own-ratings">
        <h2 id="own-ratings">
          <Trans>Ratings from elsewhere</Trans>
        </h2>
        <p>
          <Trans>From Letterboxd, IMDb, Trakt or movielens.org, by the file that they export.</Trans>
        </p>
        <p>
          <ButtonLink to={PATHS.ownRatings}>
            <Trans>Bring my ratings</Trans>
          </ButtonLink>
        </p>
      </section>
      <ExportData />
      <DeleteAccount />
    </div>
  );
}
