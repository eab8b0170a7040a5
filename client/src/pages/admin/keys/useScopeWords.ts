import { useLingui } from '@lingui/react/macro';
import type { ApiScope } from '../../../gql/graphql.ts';

/** Says what each scope lets a key do. */
export function useScopeWords(): Record<ApiScope, string> {
  const { t } = useLingui();
  return {
    READ: t`read films and its users`,
    RECOMMEND: t`ask for recommendations`,
    WRITE_EVENTS: t`send users and events`,
    WRITE_CATALOGUE: t`change films`,
    ADMIN: t`administer`,
  };
}
