import { useQuery } from '@apollo/client/react';
import { Trans } from '@lingui/react/macro';
import { NavLink } from 'react-router';
import { graphql } from '../gql/index.ts';
import { adminPath } from '../routing/paths.ts';
import { useSession } from './session.ts';

const AdminLinkQuery = graphql(/* GraphQL */ `
  query AdminLink {
    viewer {
      userId
      account {
        role
      }
    }
  }
`);

/** Leads administrators to their pages; nothing for everybody else. */
export function AdminLink() {
  const { session } = useSession();
  const { data } = useQuery(AdminLinkQuery, { skip: !session });
  if (!session || data?.viewer?.account?.role !== 'ADMIN') return null;
  return (
    <NavLink to={adminPath('')}>
      <Trans>Administration</Trans>
    </NavLink>
  );
}
