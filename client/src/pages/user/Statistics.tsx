import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { GenreProfile, StatTiles } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { useGenreWords } from '../../texts/useGenreWords.ts';
import pages from '../layout/pages.module.css';

export const UserStatisticsFragment = graphql(/* GraphQL */ `
  fragment UserStatistics on User {
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
`);

interface StatisticsProps {
  user: ResultOf<typeof UserStatisticsFragment>;
  /** Speaks to the visitor, or of somebody else. */
  subject: 'you' | 'they';
}

/** Tells what a person's ratings say at a glance. */
export function Statistics({ user, subject }: StatisticsProps) {
  const { t } = useLingui();
  const { formatCount, formatMean } = useFormats();
  const { genreName } = useGenreWords();
  const range = useRange(user);
  const { ratingCount, averageRating, favouriteGenre, genreProfile } = user;
  return (
    <>
      <StatTiles
        stats={[
          { label: t`Films rated`, value: formatCount(ratingCount) },
          {
            label: subject === 'you' ? t`Stars you give on average` : t`Stars given on average`,
            value: averageRating === null ? '–' : formatMean(averageRating),
          },
          { label: t`Lowest to highest`, value: range },
          { label: t`Favourite genre`, value: favouriteGenre ? genreName(favouriteGenre.name) : '–' },
        ]}
      />
      {genreProfile.length > 0 && (
        <section className={pages.section} aria-labelledby="profile">
          <h2 id="profile">
            {subject === 'you' ? <Trans>What you watch</Trans> : <Trans>What they watch</Trans>}
          </h2>
          <GenreProfile shares={genreProfile} />
        </section>
      )}
    </>
  );
}

/** "0.5 to 5"; "4" where all ratings are the same. */
function useRange({ lowestRating, highestRating }: StatisticsProps['user']): string {
  const { t } = useLingui();
  const { formatStars } = useFormats();
  if (lowestRating === null || highestRating === null) return '–';
  const [lowest, highest] = [formatStars(lowestRating), formatStars(highestRating)];
  return lowest === highest ? lowest : t`${lowest} to ${highest}`;
}
