import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { Hero, HeroSkeleton, type MovieItem } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import type { AddressedWishes } from './useWishes.ts';

const SurprisingFilmQuery = graphql(/* GraphQL */ `
  query SurprisingFilm($movieId: Int!) {
    movie(movieId: $movieId) {
      ...MovieCard
    }
  }
`);

interface ForYouHeroProps {
  /** The first film of the list. */
  top: MovieItem;
  isPersonal: boolean;
  wishes: AddressedWishes;
}

/** The list's first film, or the one that chance chose. */
export function ForYouHero({ top, isPersonal, wishes: { surprise } }: ForYouHeroProps) {
  const { t } = useLingui();
  const { data, loading } = useQuery(SurprisingFilmQuery, {
    variables: { movieId: surprise ?? 0 },
    skip: surprise === null,
  });
  if (surprise !== null && loading) return <HeroSkeleton />;
  if (surprise !== null && data?.movie)
    return (
      <Hero
        eyebrow={t`Chosen by chance`}
        movie={data.movie}
        note={t`Drawn from the first hundred of your list.`}
      />
    );
  return <Hero {...top} eyebrow={isPersonal ? t`Tonight’s pick for you` : t`Popular with everyone`} />;
}
