import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import {
  ButtonLink,
  EmptyState,
  ListSection,
  PageSkeleton,
  useAnswer,
  usePagedList,
} from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { useAddressState } from '../../routing/addressState.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { PATHS } from '../../routing/paths.ts';
import { ratingOrderOf } from '../filmList/ratingOrders.ts';
import pages from '../layout/pages.module.css';
import { OwnArea } from '../ownArea/OwnArea.tsx';
import styles from './MyRatings.module.css';
import { RatingRow } from './RatingRow.tsx';
import { RatingsFilters } from './RatingsFilters.tsx';
import { ratingFilterOf } from './ratingsAddress.ts';
import { useKeptOrder } from './useKeptOrder.ts';

const MyRatingsQuery = graphql(/* GraphQL */ `
  query MyRatings(
    $userId: Int!
    $orderBy: RatingOrder!
    $filter: RatingFilter
    $first: Int!
    $after: String
  ) {
    user(userId: $userId) {
      userId
      ratings(orderBy: $orderBy, filter: $filter, first: $first, after: $after) {
        edges {
          cursor
          node {
            ...OwnRating
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
    genres {
      name
    }
  }
`);

const PAGE_SIZE = 48;

export { privateHead as head } from '../../routing/pageQuery.ts';

/** All that the visitor has rated: to look for, to change in place, to take back. */
export default function MyRatings() {
  const { t } = useLingui();
  return <OwnArea title={t`My ratings`}>{({ userId }) => <Ratings userId={userId} />}</OwnArea>;
}

function Ratings({ userId }: { userId: number }) {
  const { t } = useLingui();
  const { search } = useAddressState();
  const filter = ratingFilterOf(search);
  const orderBy = ratingOrderOf(search);
  const [query, options] = pageQuery(MyRatingsQuery, { userId, orderBy, filter, first: PAGE_SIZE });
  // What was rated on other pages is in no list of the cache yet.
  const answer = useAnswer(useQuery(query, { ...options, fetchPolicy: 'cache-and-network' }));
  const ratings = answer.data?.user?.ratings;
  const list = usePagedList({
    result: answer,
    connection: ratings,
    pageSize: PAGE_SIZE,
  });
  const keep = useKeptOrder(JSON.stringify([orderBy, filter]));
  return (
    <section className={pages.page} aria-label={t`My ratings`} aria-busy={answer.loading}>
      <RatingsFilters
        genres={answer.data?.genres?.map(({ name }) => name) ?? []}
        found={ratings?.totalCount}
      />
      <ListSection
        list={list}
        total={ratings?.totalCount}
        noun={t`ratings`}
        skeleton={<PageSkeleton />}
        empty={<NoRatings isNarrowed={filter !== null} />}
        errorTitle={t`Your ratings did not load`}
      >
        {(edges) => (
          <ul className={styles.ratings} aria-label={t`My ratings`}>
            {keep(edges.map(({ node }) => node)).map((rating) => (
              <RatingRow key={rating.movie.movieId} rating={rating} />
            ))}
          </ul>
        )}
      </ListSection>
    </section>
  );
}

function NoRatings({ isNarrowed }: { isNarrowed: boolean }) {
  const { t } = useLingui();
  if (isNarrowed)
    return (
      <EmptyState
        title={t`None of your ratings is like that.`}
        action={<ButtonLink to={PATHS.myRatings}>{t`Show all of them`}</ButtonLink>}
      />
    );
  return (
    <EmptyState
      title={t`You have not rated anything yet.`}
      action={<ButtonLink variant="primary" to={PATHS.home}>{t`Find films to rate`}</ButtonLink>}
    >
      <ButtonLink to={PATHS.ownRatings}>{t`Bring ratings from elsewhere`}</ButtonLink>
    </EmptyState>
  );
}
