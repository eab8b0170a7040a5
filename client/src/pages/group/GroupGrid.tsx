import type { ResultOf } from '@graphql-typed-document-node/core';
import { useLingui } from '@lingui/react/macro';
import { plural } from '@lingui/core/macro';
import { CardGrid, MovieCard } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import type { Member } from './useMembers.ts';

export const GroupFilmFragment = graphql(/* GraphQL */ `
  fragment GroupFilm on GroupRecommendation {
    movie {
      ...MovieCard
    }
    members {
      member
      likes
    }
  }
`);

interface GroupGridProps {
  films: readonly ResultOf<typeof GroupFilmFragment>[];
  /** In the order in which the API scores them. */
  members: readonly Member[];
}

/** Films for a group, each with the words how many of it should like the film, and who not. */
export function GroupGrid({ films, members }: GroupGridProps) {
  const { t } = useLingui();
  const agreement = useAgreement(members);
  return (
    <CardGrid label={t`Films for the group`}>
      {films.map(({ movie, members: scores }, index) => (
        <li key={movie.movieId}>
          <MovieCard
            movie={movie}
            note={agreement(scores.filter(({ likes }) => likes).map(({ member }) => member))}
            eager={index < 6}
          />
        </li>
      ))}
    </CardGrid>
  );
}

/** Says how many like a film; of a few, who does. */
function useAgreement(members: readonly Member[]): (likers: readonly number[]) => string {
  const { t } = useLingui();
  const count = members.length;
  return (likers) => {
    if (likers.length === count) return count === 2 ? t`Fits both of you` : t`Fits all of you`;
    const fits = likers.length;
    if (fits === 0) return t`A compromise`;
    const [only] = likers.map((place) => members[place]);
    if (fits === 1 && only?.kind === 'self') return t`Fits you best`;
    if (fits === 1 && only?.kind === 'link' && only.name !== null) return t`Fits ${only.name} best`;
    return t`${plural(fits, { one: `Fits # of ${count}`, other: `Fits # of ${count}` })}`;
  };
}
