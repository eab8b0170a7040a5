import { useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, PageHeading, QueryError, ShowQuery, StatTiles } from '../../components/index.ts';
import { MetricTable } from '../../components/metrics/MetricTable.tsx';
import { useProtocolWords } from '../../components/metrics/useProtocolWords.ts';
import type { AboutPageQuery } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { useFormats } from '../../texts/useFormats.ts';
import pages from '../layout/pages.module.css';
import styles from './About.module.css';

const AboutQuery = graphql(/* GraphQL */ `
  query AboutPage {
    dataset {
      name
      isSynthetic
      movieCount
    }
    model {
      version
      trainedAt
      dataset
      recipe
      ratingCount
      userCount
      movieCount
      protocol
      protocolName
      evaluatedUserCount
      metrics {
        name
        ...MetricTable
      }
    }
  }
`);

const aboutQuery = pageQuery(AboutQuery, {});

export const queries = () => [aboutQuery];

/** Tells the portal's data set, its model, how good that is and by which question, and how lists come about. */
export default function About() {
  const { t } = useLingui();
  const { data, error, loading, refetch } = useQuery(...aboutQuery);
  return (
    <div className={pages.page}>
      <header className={pages.head}>
        <PageHeading title={t`About`}>
          <Trans>About the data and the model</Trans>
        </PageHeading>
        <ShowQuery query={aboutQuery} of={t`About`} />
      </header>
      {loading && !data ? (
        <AboutLoading />
      ) : error && !data?.model ? (
        <QueryError error={error} onRetry={() => refetch()} title={t`The model did not load`} />
      ) : data?.model ? (
        <ModelFacts
          {...data.model}
          isSynthetic={data.dataset?.isSynthetic ?? false}
          allMovieCount={data.dataset?.movieCount ?? null}
        />
      ) : (
        <EmptyState title={t`No model has been trained yet`}>
          <Trans>Films, people and search work; until a model is trained, lists show what is popular.</Trans>
        </EmptyState>
      )}
      <HowListsComeAbout />
    </div>
  );
}

const AboutLoading = () => (
  <div className={styles.waiting} aria-busy="true">
    <p className="visually-hidden" role="status">
      <Trans>Loading…</Trans>
    </p>
  </div>
);

type Model = NonNullable<AboutPageQuery['model']>;

interface ModelFactsProps extends Model {
  isSynthetic: boolean;
  /** Films of the portal, whether or not the model was trained on them; null where it is not known. */
  allMovieCount: number | null;
}

function ModelFacts({ isSynthetic, allMovieCount, ...model }: ModelFactsProps) {
  const { t } = useLingui();
  const { formatCount, formatDay } = useFormats();
  const { dataset, version, trainedAt, recipe, movieCount, userCount, ratingCount } = model;
  return (
    <>
      <section className={pages.section} aria-labelledby="data">
        <h2 id="data">
          <Trans>The data</Trans>
        </h2>
        {isSynthetic ? (
          <p className={styles.notice}>
            <Trans>
              <strong>The ratings are synthetic.</strong> The films are real; the people and their ratings are
              generated, so that everything works without a download. Figures measured on them say nothing
              about how good the model is for real people.
            </Trans>
          </p>
        ) : (
          <p>
            <Trans>
              Data set <strong>{dataset}</strong>: ratings by real people, without their names.
            </Trans>
          </p>
        )}
        <StatTiles
          stats={[
            {
              label: t`films with ratings`,
              value: formatCount(movieCount),
              ...(allMovieCount !== null && { detail: t`of ${formatCount(allMovieCount)} in all` }),
            },
            { label: t`people`, value: formatCount(userCount) },
            { label: t`ratings`, value: formatCount(ratingCount) },
            { label: t`ratings a person, on average`, value: formatCount(perPerson(ratingCount, userCount)) },
          ]}
        />
      </section>
      <section className={pages.section} aria-labelledby="model">
        <h2 id="model">
          <Trans>The model</Trans>
        </h2>
        <p>
          {recipe === 'quick' ? (
            <Trans>
              Version {version}, trained {formatDay(trainedAt)} within seconds, to be of use at once; a
              thorough one follows.
            </Trans>
          ) : (
            <Trans>
              Version {version}, trained {formatDay(trainedAt)}.
            </Trans>
          )}
        </p>
        {model.metrics.length > 0 && <Quality {...model} />}
      </section>
    </>
  );
}

/** Tells how good the model is: the question first, then the figures, and what they do not say. */
function Quality({ metrics, protocol, protocolName, evaluatedUserCount }: Model) {
  const { t } = useLingui();
  const protocolWords = useProtocolWords();
  return (
    <div className={styles.quality}>
      <p>
        {protocolWords(protocolName, protocol)}{' '}
        <Plural
          value={evaluatedUserCount}
          one="It was asked of # person."
          other="It was asked of # people."
        />
      </p>
      <MetricTable caption={t`How well it answers`} metrics={metrics} explained />
      {protocolName.endsWith('-sampled') && (
        <p className={styles.soft}>
          <Trans>
            To find one film among a hundred is easier than among all of them: these figures compare models
            with each other, they are not the share of lists that please.
          </Trans>
        </p>
      )}
    </div>
  );
}

const HowListsComeAbout = () => (
  <section className={pages.section} aria-labelledby="lists">
    <h2 id="lists">
      <Trans>How a list comes about</Trans>
    </h2>
    <div className={pages.prose}>
      <p>
        <Trans>
          Each list starts from the 500 films that match a person’s taste best, without those they have seen;
          a second model then ranks them. “Why?” on a card lists the films behind the recommendation.
        </Trans>
      </p>
      <p>
        <Trans>
          What is popular is shown as popular, never as personal: as long as there is no taste to go by, lists
          say so.
        </Trans>
      </p>
    </div>
  </section>
);

const perPerson = (ratings: number, people: number): number =>
  people === 0 ? 0 : Math.round(ratings / people);
