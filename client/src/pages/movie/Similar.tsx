import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, GridSkeleton, MovieGrid, QueryError } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { useTaste } from '../../taste/taste.ts';
import pages from '../layout/pages.module.css';

/** A query of its own, so that the film itself need not wait for it. */
const SimilarQuery = graphql(/* GraphQL */ `
  query SimilarMovies($movieId: Int!) {
    movie(movieId: $movieId) {
      movieId
      similar(first: 18) {
        movie {
          ...MovieCard
        }
      }
    }
  }
`);

export const similarQuery = (movieId: number) => pageQuery(SimilarQuery, { movieId });

/** The films that the same people watch. */
export function Similar({ movieId }: { movieId: number }) {
  const { t } = useLingui();
  const { data, error, loading, refetch } = useQuery(...similarQuery(movieId));
  const similar = data?.movie?.similar;
  return (
    <section className={pages.section} aria-labelledby="similar">
      <h2 id="similar">{t`Similar films`}</h2>
      {similar && similar.length > 0 ? (
        <>
          <OfYours titles={similar.map(({ movie }) => movie)} />
          <MovieGrid items={similar} label={t`Similar films`} />
        </>
      ) : similar ? (
        <EmptyState title={t`No similar films are known.`}>
          <Trans>Too few people have rated this film, or no model is trained yet.</Trans>
        </EmptyState>
      ) : loading ? (
        <GridSkeleton count={6} />
      ) : (
        <QueryError error={error} onRetry={() => refetch()} title={t`Similar films did not load`} />
      )}
    </section>
  );
}

/** Says which of the visitor's picks are like this film; nothing where none is. */
function OfYours({ titles }: { titles: readonly { movieId: number; title: string }[] }) {
  const { i18n } = useLingui();
  const { picks } = useTaste();
  const picked = new Set(picks.map(({ movieId }) => movieId));
  const yours = titles.filter(({ movieId }) => picked.has(movieId)).slice(0, 3);
  if (yours.length === 0) return null;
  const films = new Intl.ListFormat(i18n.locale, { type: 'conjunction' }).format(
    yours.map(({ title }) => title),
  );
  return (
    <p className={pages.lead}>
      <Trans>People who watch this film also watch {films}, which you picked.</Trans>
    </p>
  );
}
