import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { QueryError } from '../../../components/index.ts';
import { useFigures } from '../../../components/text/figures.ts';
import { Panel } from '../parts/Panel.tsx';
import { Table } from '../parts/Table.tsx';
import { RoleChangesQuery } from './operations.ts';

/** The roles that were given, latest first. */
export function RoleChanges() {
  const { t } = useLingui();
  const { formatMoment } = useFigures();
  const { data, error, loading, refetch } = useQuery(RoleChangesQuery, { fetchPolicy: 'cache-and-network' });
  const changes = data?.roleChanges;
  return (
    <Panel title={t`Roles that were given`}>
      {!changes ? (
        loading ? (
          <p role="status">
            <Trans>Loading…</Trans>
          </p>
        ) : (
          <QueryError error={error} onRetry={() => refetch()} title={t`The roles did not load`} />
        )
      ) : changes.length === 0 ? (
        <p>
          <Trans>None was given yet.</Trans>
        </p>
      ) : (
        <Table caption={t`Roles that were given`} head={[t`When`, t`Account`, t`Role`, t`By`]}>
          {changes.map(({ changedAt, changedBy, role, user }) => (
            <tr key={`${changedAt} ${user?.userId ?? ''} ${role}`}>
              <td>{formatMoment(changedAt)}</td>
              <th scope="row">{user?.name ?? t`deleted`}</th>
              <td>{role === 'ADMIN' ? t`administrator` : t`user`}</td>
              <td>{changedBy}</td>
            </tr>
          ))}
        </Table>
      )}
    </Panel>
  );
}
