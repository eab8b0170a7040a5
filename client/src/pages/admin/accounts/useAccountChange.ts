import { useMutation } from '@apollo/client/react';
import type { AccountRole } from '../../../gql/graphql.ts';
import { AccountsQuery, DeleteAccount, EndSessions, RoleChangesQuery, SetAccountRole } from './operations.ts';

/** Does what an administrator may do with an account of somebody else. */
export function useAccountChange() {
  const [setRole] = useMutation(SetAccountRole, { refetchQueries: [RoleChangesQuery] });
  const [endSessions] = useMutation(EndSessions);
  const [remove] = useMutation(DeleteAccount, {
    refetchQueries: [AccountsQuery],
    awaitRefetchQueries: true,
  });
  return {
    setRole: (userId: number, role: AccountRole) => setRole({ variables: { userId, role } }),
    endSessions: (userId: number) => endSessions({ variables: { userId } }),
    remove: (userId: number) => remove({ variables: { userId } }),
  };
}
