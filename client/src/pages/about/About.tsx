import { useQuery } from '@apollo/client/react';
import { EmptyState, formatDay, isSynthetic, PageHeading, QueryError } from '../../components/index.ts';
import type { AboutPageQuery } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import styles from './About.module.css';
import pages from '../layout/pages.module.css';

const AboutQuery = graphql(/* GraphQL */ `
  query AboutPage {
    model {
      version
      trainedAt
      dataset
      recipe
      metrics {
        name
        value
        baseline
      }
    }
  }
`);

/** The metrics' labels; others show under the API's names. */
const METRIC_WORDS: Readonly<Record<string, string>> = {
  hitRateAt10: 'Hit rate at 10',
  ndcgAt10: 'NDCG at 10',
  mapAt10: 'Mean average precision at 10',
  precisionAt10: 'Precision at 10',
  recallAt10: 'Recall at 10',
  recallAt500: 'Recall at 500 (candidates)',
};

const aboutQuery = pageQuery(AboutQuery, {});

export const queries = () => [aboutQuery];

/** Tells the portal's data set, its model, and the model's metrics. */
export default function About() {
  const { data, error, loading, refetch } = useQuery(...aboutQuery);
  return (
    <div className={pages.page}>
      <PageHeading title="About">About the data and the model</PageHeading>
      {loading && !data ? (
        <AboutLoading />
      ) : error && !data?.model ? (
        <QueryError error={error} onRetry={() => refetch()} title="The model did not load" />
      ) : data?.model ? (
        <ModelFacts {...data.model} />
      ) : (
        <EmptyState title="No model has been trained yet">
          The data set is unknown. Films, people and search work; recommendations are ranked by popularity
          until a model is trained.
        </EmptyState>
      )}
    </div>
  );
}

function AboutLoading() {
  return (
    <p className="visually-hidden" role="status">
      Loading…
    </p>
  );
}

type Model = NonNullable<AboutPageQuery['model']>;

function ModelFacts({ version, trainedAt, dataset, recipe, metrics }: Model) {
  return (
    <div className={pages.prose}>
      <p>
        Data set <strong>{dataset}</strong>, model <strong>{version}</strong>, trained {formatDay(trainedAt)}{' '}
        with the <strong>{recipe}</strong> recipe.
      </p>
      {isSynthetic(dataset) && (
        <p>
          <strong>The ratings are synthetic.</strong> The films are real; the people and their ratings are
          generated, so that everything works without a download. Metrics measured on them say nothing about
          how good the model is for real people.
        </p>
      )}
      {metrics.length > 0 && (
        <table className={styles.metrics}>
          <caption>Measured on held-out ratings</caption>
          <thead>
            <tr>
              <th scope="col">Metric</th>
              <th scope="col">This model</th>
              <th scope="col">Popularity baseline</th>
            </tr>
          </thead>
          <tbody>
            {metrics.map(({ name, value, baseline }) => (
              <tr key={name}>
                <th scope="row">{METRIC_WORDS[name] ?? name}</th>
                <td>{value.toFixed(3)}</td>
                <td>{baseline === null ? '–' : baseline.toFixed(3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>
        Each list starts from the 500 films that match a person’s taste best, without those they have seen; a
        second model then ranks them. “Why?” on a card lists the films behind the recommendation.
      </p>
    </div>
  );
}
