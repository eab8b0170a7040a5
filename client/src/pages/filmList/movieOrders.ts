import { useLingui } from '@lingui/react/macro';
import type { MovieOrder } from '../../gql/graphql.ts';
import { oneOf } from '../../routing/addressState.ts';

export const movieOrderOf = (search: URLSearchParams): MovieOrder =>
  oneOf(['WEIGHTED_RATING_DESC', 'RATING_COUNT_DESC', 'RELEASE_YEAR_DESC', 'TITLE_ASC'], search.get('order'));

/** The orders of films in words. */
export function useMovieOrders(): Readonly<Record<MovieOrder, string>> {
  const { t } = useLingui();
  return {
    WEIGHTED_RATING_DESC: t`Best rated first`,
    RATING_COUNT_DESC: t`Most rated first`,
    RELEASE_YEAR_DESC: t`Newest first`,
    TITLE_ASC: t`By title`,
  };
}
