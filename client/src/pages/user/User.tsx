import { useQuery } from '@apollo/client/react';
import type { ComponentProps } from 'react';
import { useParams } from 'react-router';
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
  ListSection,
  MovieCard,
  MovieGrid,
  NothingLeft,
  PageHeading,
  PageSkeleton,
  QueryError,
  SectionBoundary,
  Select,
  Slider,
  StatTiles,
  usePagedList,
} from '../../components/index.ts';
import type { MovieFilter, RatingOrder, UserPageQuery } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { numberWithin, oneOf, pathNumber, useAddressState } from '../../routing/addressState.ts';
import { pageQuery, type HeadContext, type PageAddress, type PageHead } from '../../routing/pageQuery.ts';
import { useSession } from '../../session/session.ts';
import pages from '../layout/pages.module.css';
import styles from './User.module.css';

const UserQuery = graphql(/* GraphQL */ `
  query UserPage($userId: Int!) {
    user(userId: $userId) {
      userId
      name
      sharesRatings
      ratingCount
      averageRating
      highestRating
      lowestRating
      favouriteGenre {
        name
      }
      genreProfile {
        ...GenreProfile
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
          ranker
          ...DegradedNotice
          ...NothingLeft
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

const ALL_GENRES = '';
const ANY_AVERAGE = '';

/** Each has its decimal: a list of options begins with the keys that are whole numbers, whatever their order here. */
const LEAST_AVERAGES = {
  [ANY_AVERAGE]: 'Any',
  '3.0': '3+',
  '3.5': '3.5+',
  '4.0': '4+',
} as const;

const userQuery = (userId: number) => pageQuery(UserQuery, { userId });

const diversityOf = (search: URLSearchParams): number => numberWithin(0, 1, 0, search.get('diversity'));

const leastAverageOf = (search: URLSearchParams) =>
  oneOf([ANY_AVERAGE, '3.0', '3.5', '4.0'], search.get('average'));

function movieFilterOf(search: URLSearchParams): MovieFilter | null {
  const genre = search.get('genre');
  const average = leastAverageOf(search);
  if (!genre && !average) return null;
  return {
    ...(genre && { genres: [genre] }),
    ...(average && { minAverageRating: Number(average) }),
  };
}

function recommendationsQuery(userId: number, search: URLSearchParams) {
  return pageQuery(RecommendationsQuery, {
    userId,
    first: PAGE_SIZE,
    filter: movieFilterOf(search),
    diversity: diversityOf(search),
  });
}

const watchedOrderOf = (search: URLSearchParams): RatingOrder =>
  oneOf(['RATED_AT_DESC', 'RATING_DESC'], search.get('order'));

const watchedQuery = (userId: number, search: URLSearchParams) =>
  pageQuery(WatchedQuery, { userId, first: PAGE_SIZE, orderBy: watchedOrderOf(search) });

export function queries({ params, search }: PageAddress) {
  const userId = pathNumber(params['userId']);
  if (userId === null) return [];
  return [userQuery(userId), recommendationsQuery(userId, search), watchedQuery(userId, search)];
}

/** Search engines leave people out, who have not asked to be found. */
export function head({ params, read }: HeadContext): PageHead {
  const userId = pathNumber(params['userId']);
  const user = userId === null ? null : read(userQuery(userId))?.user;
  return user ? { type: 'profile', indexed: false } : { exists: false };
}

/** Shows a person's statistics, recommendations and watched films. */
export default function User() {
  const userId = pathNumber(useParams()['userId']);
  return userId === null ? <NoSuchPerson /> : <UserDetails key={userId} userId={userId} />;
}

function UserDetails({ userId }: { userId: number }) {
  const { session } = useSession();
  const { data, error, loading, refetch } = useQuery(...userQuery(userId));
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
  const mayRead = user.sharesRatings || session?.userId === userId;
  return (
    <div className={pages.page}>
      <header className={styles.head}>
        <Avatar userId={userId} size={72} />
        <PageHeading title={user.name}>{user.name}</PageHeading>
      </header>
      {mayRead ? (
        <Ratings userId={userId} user={user} genres={genres?.map((genre) => genre.name) ?? []} />
      ) : (
        <Private />
      )}
    </div>
  );
}

/** All that follows from a person's ratings. */
function Ratings({
  userId,
  user,
  genres,
}: {
  userId: number;
  user: NonNullable<UserPageQuery['user']>;
  genres: readonly string[];
}) {
  return (
    <>
      <Statistics user={user} />
      <SectionBoundary title="The recommendations did not load">
        <Recommended userId={userId} name={user.name} genres={genres} />
      </SectionBoundary>
      <SectionBoundary title="The watched films did not load">
        <Watched userId={userId} />
      </SectionBoundary>
    </>
  );
}

function Private() {
  return (
    <EmptyState title="This person keeps the ratings private.">
      What people rate is theirs, unless they share it.
    </EmptyState>
  );
}

function UserLoading() {
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

function Recommended({ userId, name, genres }: { userId: number; name: string; genres: readonly string[] }) {
  const { search, updateSearch } = useAddressState();
  const diversity = diversityOf(search);
  const result = useQuery(...recommendationsQuery(userId, search));
  const { data, previousData, loading } = result;
  const current = data?.user?.recommendations;
  const previous = data ? undefined : previousData?.user?.recommendations;
  const list = usePagedList({
    result,
    connection: current,
    // An empty list's words name the filters, which are the next list's by now.
    previous: previous?.edges.length ? previous : undefined,
    pageSize: PAGE_SIZE,
    param: 'recommended',
  });
  const served = (current ?? previous)?.served;
  const genre = oneOf([ALL_GENRES, ...genres], search.get('genre'));
  const average = leastAverageOf(search);
  const popular = served?.ranker === 'POPULARITY';

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
            onChange={(chosen) => updateSearch({ genre: chosen || null, recommended: null })}
          />
          <Select
            label="Average rating"
            value={average}
            options={LEAST_AVERAGES}
            onChange={(chosen) => updateSearch({ average: chosen || null, recommended: null })}
          />
          <Slider
            label="Variety"
            value={diversity}
            step={0.25}
            words={varietyInWords(diversity)}
            onChange={(chosen) =>
              updateSearch({ diversity: chosen === 0 ? null : String(chosen), recommended: null })
            }
          />
        </div>
      </div>
      <DegradedNotice served={served} />
      <ListSection
        list={list}
        skeleton={<GridSkeleton count={PAGE_SIZE} />}
        empty={<NothingRecommended genre={genre} average={average} served={served} />}
        errorTitle="The recommendations did not load"
      >
        {(edges) => (
          <MovieGrid items={edges.map(({ node }) => node)} label={`Recommended to ${name}`} subject="they" />
        )}
      </ListSection>
    </section>
  );
}

interface NothingRecommendedProps {
  genre: string;
  average: string;
  served: ComponentProps<typeof NothingLeft>['served'];
}

function NothingRecommended({ genre, average, served }: NothingRecommendedProps) {
  if (!average)
    return <NothingLeft served={served}>{genre && `Choose another genre than ${genre}.`}</NothingLeft>;
  const films = genre ? `${genre} film` : 'film';
  return (
    <NothingLeft
      title={`No ${films} left for them has an average of ${formatStars(Number(average))} or more.`}
      served={served}
    >
      {genre ? 'Lower the average rating, or choose another genre.' : 'Lower the average rating.'}
    </NothingLeft>
  );
}

function varietyInWords(diversity: number): string {
  if (diversity === 0) return 'best match';
  if (diversity < 0.5) return 'a little variety';
  return diversity < 1 ? 'more variety' : 'most variety';
}

function Watched({ userId }: { userId: number }) {
  const { search, updateSearch } = useAddressState();
  const result = useQuery(...watchedQuery(userId, search));
  const ratings = result.data?.user?.ratings;
  const list = usePagedList({ result, connection: ratings, pageSize: PAGE_SIZE, param: 'watched' });
  return (
    <section className={pages.section} aria-labelledby="watched">
      <div className={pages.head}>
        <h2 id="watched">Watched films</h2>
        <Select
          label="Sort by"
          value={watchedOrderOf(search)}
          options={WATCHED_ORDERS}
          onChange={(order) =>
            updateSearch({ order: order === 'RATED_AT_DESC' ? null : order, watched: null })
          }
        />
      </div>
      <ListSection
        list={list}
        total={ratings?.totalCount}
        skeleton={<GridSkeleton count={PAGE_SIZE} />}
        empty={<EmptyState title="There are no ratings yet." />}
        errorTitle="The watched films did not load"
      >
        {(edges) => (
          <CardGrid label="Watched films">
            {edges.map(({ node: { movie, rating, ratedAt } }) => (
              <li key={movie.movieId}>
                <MovieCard
                  movie={movie}
                  showRating={false}
                  note={`Rated ${formatNumbered(rating, 'star')}${ratedAt ? ` on ${formatDay(ratedAt)}` : ''}`}
                />
              </li>
            ))}
          </CardGrid>
        )}
      </ListSection>
    </section>
  );
}

function NoSuchPerson() {
  return (
    <div className={pages.page}>
      <PageHeading title="No such person">No such person</PageHeading>
      <EmptyState title="There is no person at this address." />
    </div>
  );
}
