import { GraphiQL, type GraphiQLProps } from 'graphiql';
import { useEffect, useRef } from 'react';
import { queryInAddress } from '../components/query/playgroundAddress.ts';
import { EXAMPLES } from './examples.ts';
import { FollowScheme } from './FollowScheme.tsx';
import { mendAccess } from './mendAccess.ts';

const examples = EXAMPLES.map(({ query, variables }) => ({
  query,
  variables: JSON.stringify(variables, null, 2),
}));

/** The query that the address brings is opened once: a reload goes on with what the visitor has made of it. */
function takeQuery() {
  const brought = queryInAddress(location.hash);
  if (brought) history.replaceState(null, '', location.pathname + location.search);
  return brought;
}

const brought = takeQuery();
// GraphiQL fills the variables of every tab but the first, whose text it takes from what a visitor left behind.
const isFirstVisit = localStorage.getItem('graphiql:tabState') === null;
const first = brought ?? (isFirstVisit ? examples[0] : undefined);

/** GraphiQL in a shell that leads back to the portal. */
export function Playground({ fetcher }: { fetcher: GraphiQLProps['fetcher'] }) {
  const editor = useRef<HTMLElement>(null);
  useEffect(() => (editor.current ? mendAccess(editor.current) : undefined), []);
  return (
    <>
      <header className="shell">
        <a className="back" href="/">
          <span aria-hidden="true">← </span>PocketRocket
        </a>
        <h1>API playground</h1>
        <a className="reference" href="/schema.graphql">
          Schema
        </a>
      </header>
      <main ref={editor}>
        <GraphiQL
          fetcher={fetcher}
          defaultTabs={brought ? [brought, ...examples] : examples}
          initialQuery={brought?.query}
          initialVariables={first?.variables}
        >
          <GraphiQL.Logo>
            <FollowScheme />
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}
