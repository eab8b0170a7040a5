import { useQuery } from '@apollo/client/react';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { QueryError, Select } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import type { WatchKind } from '../../gql/graphql.ts';
import { useCountry } from './country.ts';
import styles from './Movie.module.css';

const OffersQuery = graphql(/* GraphQL */ `
  query WhereToWatch($movieId: Int!, $country: String!) {
    movie(movieId: $movieId) {
      movieId
      details {
        whereToWatch(country: $country) {
          kind
          service
        }
      }
    }
  }
`);

const KINDS: Readonly<Record<WatchKind, MessageDescriptor>> = {
  STREAM: msg`Stream`,
  FREE: msg`Free`,
  ADS: msg`Free with ads`,
  RENT: msg`Rent`,
  BUY: msg`Buy`,
};

interface WhereToWatchProps {
  movieId: number;
  countries: readonly string[];
}

/** The services on which a film can be watched in the visitor's country. */
export function WhereToWatch({ movieId, countries }: WhereToWatchProps) {
  const { t, i18n } = useLingui();
  const [country, chooseCountry] = useCountry();
  const { data, error, previousData, refetch } = useQuery(OffersQuery, {
    variables: { movieId, country },
    ssr: false,
  });
  const offers = (data ?? previousData)?.movie?.details?.whereToWatch;
  const names = new Intl.DisplayNames(i18n.locale, { type: 'region' });
  const options = Object.fromEntries(
    [...new Set([...countries, country])]
      .map((code): [string, string] => [code, names.of(code) ?? code])
      .sort(([, one], [, other]) => one.localeCompare(other, i18n.locale)),
  );
  const kinds = (Object.keys(KINDS) as WatchKind[]).filter((kind) =>
    offers?.some((offer) => offer.kind === kind),
  );
  return (
    <section className={styles.part} aria-labelledby="watch">
      <h2 id="watch">{t`Where to watch`}</h2>
      <Select label={t`Country`} value={country} options={options} onChange={chooseCountry} />
      {error && !data ? (
        <QueryError error={error} onRetry={() => refetch()} title={t`The offers did not load`} />
      ) : (
        <div role="status" aria-busy={!data}>
          {kinds.length > 0 ? (
            <dl className={styles.offers}>
              {kinds.map((kind) => (
                <div key={kind}>
                  <dt>{i18n._(KINDS[kind])}</dt>
                  {offers
                    ?.filter((offer) => offer.kind === kind)
                    .map(({ service }) => (
                      <dd key={service}>{service}</dd>
                    ))}
                </div>
              ))}
            </dl>
          ) : (
            data && (
              <p>
                <Trans>Nobody is known to offer it in this country.</Trans>
              </p>
            )
          )}
        </div>
      )}
    </section>
  );
}
