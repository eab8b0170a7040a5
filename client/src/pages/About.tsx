import { useQuery } from '@apollo/client/react';
import { EmptyState, formatDay, isSynthetic, PageHeading, QueryError } from '../components/index.ts';
import type { AboutPageQuery } from '../gql/graphql.ts';
import { graphql } from '../gql/index.ts';
import { pageQuery } from '../routing/pageQuery.ts';
import styles from './About.module.css';
import pages from './pages.module.css';

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

/** What the model's measures are called in words; others show under the name they came with. */
const METRIC_WORDS: Readonly<Record<string, string>> = {
  hitRateAt10: 'Hit rate in the first 10',
  ndcgAt10: 'NDCG of the first 10',
  mapAt10: 'Mean average precision at 10',
  precisionAt10: 'Precision at 10',
  recallAt10: 'Recall at 10',
  recallAt500: 'Recall of the 500 candidates',
};

const aboutQuery = pageQuery(AboutQuery, {});

export const queries = () => [aboutQuery];

/** What this portal speaks from: its data, its model, and how good that is. */
export default function About() {
  const { data, error, loading, refetch } = useQuery(...aboutQuery);
  return (
    <div className={pages.page}>
      <PageHeading title="About">What this portal speaks from</PageHeading>
      {loading && !data ? (
        <AboutLoading />
      ) : error && !data?.model ? (
        <QueryError error={error} onRetry={() => refetch()} title="The model did not load" />
      ) : data?.model ? (
        <ModelFacts {...data.model} />
      ) : (
        <EmptyState title="No trained model serves yet">
          Which data set this is, nobody has said. Films, people and search work; every list of
          recommendations is by popularity until a model is trained.
        </EmptyState>
      )}
    </div>
  );
}

export function AboutLoading() {
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
        by the <strong>{recipe}</strong> recipe.
      </p>
      {isSynthetic(dataset) && (
        <p>
          <strong>The ratings are synthetic.</strong> The films are real, the people are not: their ratings
          come from a generator, so that everything works without a download. They say nothing about how good
          the model is on real people.
        </p>
      )}
      {metrics.length > 0 && (
        <table className={styles.metrics}>
          <caption>Measured on ratings held back from training</caption>
          <thead>
            <tr>
              <th scope="col">Measure</th>
              <th scope="col">This model</th>
              <th scope="col">Popularity alone</th>
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
        For each list the 500 films nearest to a person’s taste are found first, leaving out what they have
        seen; a second model then puts those in order. “Why?” on a card names the films that pulled it in.
      </p>
    </div>
  );
}
