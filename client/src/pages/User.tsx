import type { ApolloClient } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useParams } from 'react-router';
import { numberWithin, oneOf, pathNumber, useAddressState } from '../routing/addressState.ts';
import { PageHeading } from '../components/page/PageHeading.tsx';
import { QueryError } from '../components/page/QueryError.tsx';
import type { PageAddress } from '../app/routes.ts';
import { SectionBoundary } from '../components/page/SectionBoundary.tsx';
import { Select } from '../components/controls/Select.tsx';
import { Slider } from '../components/controls/Slider.tsx';
import { useShown } from '../components/list/useShown.ts';
import {
  Avatar,
  CardGrid,
  DegradedNotice,
  EmptyState,
  formatCount,
  formatDay,
  formatMean,
  formatNumbered,
  formatStars,
  GenreProfile,
  GridSkeleton,
  LoadMore,
  MovieCard,
  MovieGrid,
  PageSkeleton,
  StatTiles,
} from '../components/index.ts';
import { graphql } from '../gql/index.ts';
import type { RatingOrder, UserPageQuery } from '../gql/graphql.ts';
import pages from './pages.module.css';
import styles from './User.module.css';

const UserQuery = graphql(/* GraphQL */ `
  query UserPage($userId: Int!) {
    user(userId: $userId) {
      userId
      name
      ratingCount
      averageRating
      highestRating
      lowestRating
      favouriteGenre {
        name
      }
      genreProfile {
        genre {
          name
        }
        ratingCount
        averageRating
      }
    }
    genres {
      name
    }
  }
`);

const RecommendationsQuery = graphql(/* GraphQL */ `
  query UserRecommendations(
    $userId: Int!
    $first: Int!
    $after: String
    $filter: MovieFilter
    $diversity: Float!
  ) {
    user(userId: $userId) {
      userId
      recommendations(first: $first, after: $after, filter: $filter, diversity: $diversity) {
        edges {
          cursor
          node {
            ...Recommended
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        served {
          ...ServedNote
        }
      }
    }
  }
`);

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

const WATCHED_ORDERS = {
  RATED_AT_DESC: 'Latest first',
  RATING_DESC: 'Best rated first',
} as const satisfies Record<RatingOrder, string>;

function recommendationVariables(userId: number, search: URLSearchParams) {
  const genre = search.get('genre');
  return {
    userId,
    first: PAGE_SIZE,
    filter: genre ? { genres: [genre] } : null,
    diversity: numberWithin(0, 1, 0, search.get('diversity')),
  };
}

const watchedVariables = (userId: number, search: URLSearchParams) => ({
  userId,
  first: PAGE_SIZE,
  orderBy: oneOf(['RATED_AT_DESC', 'RATING_DESC'], search.get('order')),
});

export function preload(client: ApolloClient, { params, search }: PageAddress): void {
  const userId = pathNumber(params['userId']);
  if (userId === null) return;
  void client.query({ query: UserQuery, variables: { userId } });
  void client.query({ query: RecommendationsQuery, variables: recommendationVariables(userId, search) });
  void client.query({ query: WatchedQuery, variables: watchedVariables(userId, search) });
}

/** One person: what they watched, what that says, and what they are recommended. */
export default function User() {
  const userId = pathNumber(useParams()['userId']);
  return userId === null ? <NoSuchPerson /> : <UserDetails key={userId} userId={userId} />;
}

function UserDetails({ userId }: { userId: number }) {
  const { data, error, loading, refetch } = useQuery(UserQuery, { variables: { userId } });
  if (loading && !data) return <UserLoading />;
  if (data && !data.user && !error) return <NoSuchPerson />;
  if (!data?.user) {
    return (
      <>
        <PageHeading title="Person">Person</PageHeading>
        <QueryError error={error} onRetry={() => refetch()} title="This person did not load" />
      </>
    );
  }
  const { user, genres } = data;
  return (
    <div className={pages.page}>
      <header className={styles.head}>
        <Avatar userId={userId} size={72} />
        <PageHeading title={user.name}>{user.name}</PageHeading>
      </header>
      <Statistics user={user} />
      <SectionBoundary title="The recommendations did not load">
        <Recommended userId={userId} name={user.name} genres={genres?.map(({ name }) => name) ?? []} />
      </SectionBoundary>
      <SectionBoundary title="The watched films did not load">
        <Watched userId={userId} />
      </SectionBoundary>
    </div>
  );
}

export function UserLoading() {
  return <PageSkeleton />;
}

function Statistics({ user }: { user: NonNullable<UserPageQuery['user']> }) {
  const { ratingCount, averageRating, highestRating, lowestRating, favouriteGenre, genreProfile } = user;
  const range =
    lowestRating === null || highestRating === null
      ? '–'
      : `${formatStars(lowestRating)} to ${formatStars(highestRating)}`;
  return (
    <>
      <StatTiles
        stats={[
          { label: 'Films rated', value: formatCount(ratingCount) },
          { label: 'Average rating', value: averageRating === null ? '–' : formatMean(averageRating) },
          { label: 'Lowest to highest', value: range },
          { label: 'Favourite genre', value: favouriteGenre?.name ?? '–' },
        ]}
      />
      {genreProfile.length > 0 && (
        <section className={pages.section} aria-labelledby="profile">
          <h2 id="profile">What they watch</h2>
          <GenreProfile shares={genreProfile} />
        </section>
      )}
    </>
  );
}

const ALL_GENRES = '';

function Recommended({ userId, name, genres }: { userId: number; name: string; genres: readonly string[] }) {
  const { search, change } = useAddressState();
  const variables = recommendationVariables(userId, search);
  const { data, previousData, error, loading, refetch, fetchMore } = useQuery(RecommendationsQuery, {
    variables,
  });
  const connection = (data ?? previousData)?.user?.recommendations;
  const list = useShown({
    connection: data?.user?.recommendations,
    pageSize: PAGE_SIZE,
    param: 'recommended',
    fetchMore: (page) => fetchMore({ variables: page, errorPolicy: 'all' }),
  });
  const edges = data ? list.edges : (connection?.edges ?? []);
  const genre = oneOf([ALL_GENRES, ...genres], search.get('genre'));
  const popular = connection?.served.ranker === 'POPULARITY';

  return (
    <section className={pages.section} aria-labelledby="recommended" aria-busy={loading}>
      <div className={pages.head}>
        <h2 id="recommended">{popular ? 'Popular films they have not seen' : `Recommended to ${name}`}</h2>
        <div className={pages.controls}>
          <Select
            label="Genre"
            value={genre}
            options={{
              [ALL_GENRES]: 'All genres',
              ...Object.fromEntries(genres.map((known) => [known, known])),
            }}
            onChange={(chosen) => change({ genre: chosen || null, recommended: null })}
          />
          <Slider
            label="Variety"
            value={variables.diversity}
            step={0.25}
            words={varietyInWords(variables.diversity)}
            onChange={(diversity) =>
              change({ diversity: diversity === 0 ? null : String(diversity), recommended: null })
            }
          />
        </div>
      </div>
      {connection ? (
        <>
          <DegradedNotice served={connection.served} />
          {edges.length > 0 ? (
            <MovieGrid
              items={edges.map(({ node }) => node)}
              label={`Recommended to ${name}`}
              subject="they"
            />
          ) : (
            <EmptyState title="Nothing is left to recommend.">
              {genre
                ? `They have seen every ${genre} film that fits, or there is none.`
                : 'They have seen every film that fits.'}
            </EmptyState>
          )}
          {list.error && <QueryError error={list.error} onRetry={async () => list.showMore()} />}
          {edges.length > 0 && (
            <LoadMore
              shown={edges.length}
              hasNextPage={list.hasMore}
              loading={list.loading}
              onLoadMore={list.showMore}
            />
          )}
        </>
      ) : loading ? (
        <GridSkeleton count={PAGE_SIZE} />
      ) : (
        <QueryError error={error} onRetry={() => refetch()} title="The recommendations did not load" />
      )}
    </section>
  );
}

function varietyInWords(diversity: number): string {
  if (diversity === 0) return 'best match';
  if (diversity < 0.5) return 'a little variety';
  return diversity < 1 ? 'more variety' : 'most variety';
}

function Watched({ userId }: { userId: number }) {
  const { search, change } = useAddressState();
  const variables = watchedVariables(userId, search);
  const { data, error, loading, refetch, fetchMore } = useQuery(WatchedQuery, { variables });
  const ratings = data?.user?.ratings;
  const list = useShown({
    connection: ratings,
    pageSize: PAGE_SIZE,
    param: 'watched',
    fetchMore: (page) => fetchMore({ variables: page, errorPolicy: 'all' }),
  });
  return (
    <section className={pages.section} aria-labelledby="watched">
      <div className={pages.head}>
        <h2 id="watched">Watched films</h2>
        <Select
          label="Order"
          value={variables.orderBy}
          options={WATCHED_ORDERS}
          onChange={(order) => change({ order: order === 'RATED_AT_DESC' ? null : order, watched: null })}
        />
      </div>
      {ratings && ratings.totalCount > 0 ? (
        <>
          <CardGrid label="Watched films">
            {list.edges.map(({ node: { movie, rating, ratedAt } }) => (
              <li key={movie.movieId}>
                <MovieCard
                  movie={movie}
                  showRating={false}
                  note={`Rated ${formatNumbered(rating, 'star')}${ratedAt ? ` on ${formatDay(ratedAt)}` : ''}`}
                />
              </li>
            ))}
          </CardGrid>
          {list.error && <QueryError error={list.error} onRetry={async () => list.showMore()} />}
          <LoadMore
            shown={list.edges.length}
            total={ratings.totalCount}
            hasNextPage={list.hasMore}
            loading={list.loading}
            onLoadMore={list.showMore}
          />
        </>
      ) : ratings ? (
        <EmptyState title="Nothing rated yet." />
      ) : loading ? (
        <GridSkeleton count={PAGE_SIZE} />
      ) : (
        <QueryError error={error} onRetry={() => refetch()} title="The watched films did not load" />
      )}
    </section>
  );
}

function NoSuchPerson() {
  return (
    <div className={pages.page}>
      <PageHeading title="No such person">No such person</PageHeading>
      <EmptyState title="There is nobody at this address." />
    </div>
  );
}
