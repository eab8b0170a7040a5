import { useLingui } from '@lingui/react/macro';
import type { RatingOrder } from '../../gql/graphql.ts';
import { oneOf } from '../../routing/addressState.ts';

export const ratingOrderOf = (search: URLSearchParams): RatingOrder =>
  oneOf(['RATED_AT_DESC', 'RATING_DESC', 'RATING_ASC'], search.get('order'));

/** The orders of ratings in words. */
export function useRatingOrders(): Readonly<Record<RatingOrder, string>> {
  const { t } = useLingui();
  return {
    RATED_AT_DESC: t`Latest first`,
    RATING_DESC: t`Best rated first`,
    RATING_ASC: t`Worst rated first`,
  };
}
