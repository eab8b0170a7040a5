import 'graphiql/setup-workers/vite';
import { GraphiQL, type GraphiQLProps } from 'graphiql';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';
import { EXAMPLES } from './examples.ts';
import './playground.css';

type FetcherResult = Awaited<ReturnType<GraphiQLProps['fetcher']>>;

/** The API answers at the address that served this page. */
const fetcher: GraphiQLProps['fetcher'] = async (parameters, options) => {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...options?.headers,
    },
    body: JSON.stringify(parameters),
  });
  return (await response.json()) as FetcherResult;
};

const tabs = EXAMPLES.map(({ query, variables }) => ({
  query,
  variables: JSON.stringify(variables, null, 2),
}));

// GraphiQL fills the variables of every tab but the first, whose text it takes from what a visitor left behind.
const firstVisit = localStorage.getItem('graphiql:tabState') === null;

const root = document.querySelector('#playground');
if (root) {
  createRoot(root).render(
    <GraphiQL
      fetcher={fetcher}
      defaultTabs={tabs}
      initialVariables={firstVisit ? tabs[0]?.variables : undefined}
    >
      <GraphiQL.Logo>PocketRocket</GraphiQL.Logo>
    </GraphiQL>,
  );
}
