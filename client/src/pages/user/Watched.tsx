import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { plural } from '@lingui/core/macro';
import {
  CardGrid,
  EmptyState,
  GridSkeleton,
  ListSection,
  MovieCard,
  Select,
  useAnswer,
  usePagedList,
} from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { useAddressState } from '../../routing/addressState.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { ratingOrderOf, useRatingOrders } from '../filmList/ratingOrders.ts';
import pages from '../layout/pages.module.css';

const WatchedQuery = graphql(/* GraphQL */ `
  query UserWatched($userId: Int!, $orderBy: RatingOrder!, $first: Int!, $after: String) {
    user(userId: $userId) {
      userId
      ratings(orderBy: $orderBy, first: $first, after: $after) {
        edges {
          cursor
          node {
            rating
            ratedAt
            movie {
              ...MovieCard
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  }
`);

const PAGE_SIZE = 12;

/** The first page of what a person has rated, in the address's order. */
export const watchedQuery = (userId: number, search: URLSearchParams) =>
  pageQuery(WatchedQuery, { userId, first: PAGE_SIZE, orderBy: ratingOrderOf(search) });

/** Lists what somebody else has rated, with how many stars. */
export function Watched({ userId }: { userId: number }) {
  const { t } = useLingui();
  const { search, updateSearch } = useAddressState();
  const orders = useRatingOrders();
  const answer = useAnswer(useQuery(...watchedQuery(userId, search)));
  const ratings = answer.data?.user?.ratings;
  const list = usePagedList({
    result: answer,
    connection: ratings,
    pageSize: PAGE_SIZE,
    param: 'watched',
  });
  const ratedAs = useRatedAs();
  return (
    <section className={pages.section} aria-labelledby="watched">
      <div className={pages.head}>
        <h2 id="watched">
          <Trans>Watched films</Trans>
        </h2>
        <Select
          label={t`Sort by`}
          value={ratingOrderOf(search)}
          options={orders}
          onChange={(order) =>
            updateSearch({ order: order === 'RATED_AT_DESC' ? null : order, watched: null })
          }
        />
      </div>
      <ListSection
        list={list}
        total={ratings?.totalCount}
        skeleton={<GridSkeleton count={PAGE_SIZE} />}
        empty={<EmptyState title={t`There are no ratings yet.`} />}
        errorTitle={t`The watched films did not load`}
      >
        {(edges) => (
          <CardGrid label={t`Watched films`}>
            {edges.map(({ node: { movie, rating, ratedAt } }) => (
              <li key={movie.movieId}>
                <MovieCard movie={movie} showRating={false} note={ratedAs(rating, ratedAt)} />
              </li>
            ))}
          </CardGrid>
        )}
      </ListSection>
    </section>
  );
}

/** "Rated 4.5 stars on Nov 23, 2026" */
function useRatedAs(): (rating: number, ratedAt: string | null) => string {
  const { t } = useLingui();
  const { formatDay, formatStars } = useFormats();
  return (rating, ratedAt) => {
    const shown = formatStars(rating);
    if (ratedAt === null)
      return t`${plural(rating, { one: `Rated ${shown} star`, other: `Rated ${shown} stars` })}`;
    const day = formatDay(ratedAt);
    return t`${plural(rating, { one: `Rated ${shown} star on ${day}`, other: `Rated ${shown} stars on ${day}` })}`;
  };
}
