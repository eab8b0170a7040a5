import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ComponentProps } from 'react';
import {
  DegradedNotice,
  GridSkeleton,
  ListSection,
  MovieGrid,
  NothingLeft,
  useAnswer,
  usePagedList,
} from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { oneOf, useAddressState } from '../../routing/addressState.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { useGenreWords } from '../../texts/useGenreWords.ts';
import pages from '../layout/pages.module.css';
import { diversityOf, leastAverageOf, movieFilterOf } from './filters.ts';
import { RecommendedControls } from './RecommendedControls.tsx';

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
          ratingsRevision
          ...DegradedNotice
          ...NothingLeft
        }
      }
    }
  }
`);

const PAGE_SIZE = 12;

/** A person's first page of recommendations, as the address narrows it. */
export const recommendationsQuery = (userId: number, search: URLSearchParams) =>
  pageQuery(RecommendationsQuery, {
    userId,
    first: PAGE_SIZE,
    filter: movieFilterOf(search),
    diversity: diversityOf(search),
  });

interface RecommendedProps {
  userId: number;
  /** To choose from. */
  genres: readonly string[];
  /** Speaks to the visitor, or of somebody else, who then has a name. */
  subject: 'you' | 'they';
  name?: string;
}

/** Lists what is recommended to a person, with its filters. */
export function Recommended({ userId, genres, subject, name }: RecommendedProps) {
  const { t } = useLingui();
  const { search } = useAddressState();
  const answer = useAnswer(useQuery(...recommendationsQuery(userId, search)));
  const connection = answer.data?.user?.recommendations;
  const list = usePagedList({
    result: answer,
    connection,
    pageSize: PAGE_SIZE,
    param: 'recommended',
  });
  const title = useTitle(subject, name, connection?.served.ranker === 'POPULARITY');
  return (
    <section className={pages.section} aria-labelledby="recommended" aria-busy={answer.loading}>
      <div className={pages.head}>
        <h2 id="recommended">{title}</h2>
        <RecommendedControls genres={genres} />
      </div>
      <DegradedNotice served={connection?.served} />
      <ListSection
        list={list}
        skeleton={<GridSkeleton count={PAGE_SIZE} />}
        empty={<NothingRecommended genres={genres} served={connection?.served} />}
        errorTitle={t`The recommendations did not load`}
      >
        {(edges) => <MovieGrid items={edges.map(({ node }) => node)} label={title} subject={subject} />}
      </ListSection>
    </section>
  );
}

/** The list's heading; popular films are never called personal. */
function useTitle(subject: 'you' | 'they', name: string | undefined, isPopular: boolean): string {
  const { t } = useLingui();
  if (subject === 'you') return isPopular ? t`Popular films you have not seen` : t`Recommended to you`;
  return isPopular ? t`Popular films they have not seen` : t`Recommended to ${name ?? ''}`;
}

interface NothingRecommendedProps {
  genres: readonly string[];
  served: ComponentProps<typeof NothingLeft>['served'];
}

function NothingRecommended({ genres, served }: NothingRecommendedProps) {
  const { t } = useLingui();
  const { formatStars } = useFormats();
  const { genreName } = useGenreWords();
  const { search } = useAddressState();
  const genre = genreName(oneOf(['', ...genres], search.get('genre')));
  const average = leastAverageOf(search);
  if (!average)
    return (
      <NothingLeft served={served}>{genre && <Trans>Choose another genre than {genre}.</Trans>}</NothingLeft>
    );
  const stars = formatStars(Number(average));
  return (
    <NothingLeft
      title={
        genre
          ? t`No film of the genre ${genre} that is left has an average of ${stars} or more.`
          : t`No film that is left has an average of ${stars} or more.`
      }
      served={served}
    >
      {genre ? (
        <Trans>Lower the average rating, or choose another genre.</Trans>
      ) : (
        <Trans>Lower the average rating.</Trans>
      )}
    </NothingLeft>
  );
}
