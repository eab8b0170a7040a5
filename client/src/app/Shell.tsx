import type { ErrorLike } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, type ReactNode } from 'react';
import { ModelBadge, showToast } from '../components/index.ts';
import { graphql } from '../gql/index.ts';
import { pageQuery } from '../routing/pageQuery.ts';
import { SignedOutNotice } from '../session/SignedOutNotice.tsx';
import { useFreshStore } from '../session/useFreshStore.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { useAsked } from '../state/useAsked.ts';
import { tasteStore } from '../taste/taste.ts';
import { Header } from './Header.tsx';
import { followScheme } from './scheme.ts';
import styles from './Shell.module.css';
import { useScrollMemory } from './useScrollMemory.ts';

const ShellQuery = graphql(/* GraphQL */ `
  query Shell {
    dataset {
      name
      isSynthetic
    }
    model {
      ...ModelBadge
    }
  }
`);

export const shellQuery = pageQuery(ShellQuery, {});

/** The queries of the shell itself, as pages list theirs. */
export const queries = () => [shellQuery];

const loadKeys = async () => (await import('../components/controls/KeysDialog.tsx')).KeysDialog;

/** Surrounds every page with the skip link, navigation, search, and the data set and model in use. */
export function Shell({ apiUrl, children }: { apiUrl: string; children: ReactNode }) {
  const { t } = useLingui();
  const main = useRef<HTMLElement>(null);
  const search = useRef<HTMLFormElement>(null);
  const [Keys, showKeys, hideKeys] = useAsked(loadKeys, () =>
    showToast({
      text: t`The keyboard shortcuts could not be loaded. Try again in a moment.`,
      isProblem: true,
    }),
  );
  const { data, loading, error } = useQuery(...shellQuery);
  const dataset = data?.dataset;
  useScrollMemory(main);
  useFreshStore();
  useEffect(() => followScheme(), []);
  useEffect(() => {
    if (dataset) tasteStore.bindToDataset(dataset.name);
  }, [dataset]);
  useShortcuts([
    { key: '/', meaning: t`Search films`, act: () => search.current?.querySelector('input')?.focus() },
    { key: '?', meaning: t`Show keyboard shortcuts`, act: showKeys },
  ]);
  return (
    <>
      <a
        className={styles.skip}
        href="#main"
        onClick={(event) => {
          // The address stays as it is: the fragment would count as a page of its own on the way back.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        <Trans>Skip to main content</Trans>
      </a>
      <Header dataset={dataset} search={search} onShowKeys={showKeys} />
      <main ref={main} id="main" tabIndex={-1} className={`page ${styles.main}`}>
        <SignedOutNotice />
        {children}
      </main>
      <footer className={styles.footer}>
        <div className={`page ${styles.foot}`}>
          <ServedFrom data={data} loading={loading} error={error} />
          <p className={styles.links}>
            <a href={apiUrl}>
              <Trans>GraphQL playground</Trans>
            </a>
            <button type="button" onClick={showKeys}>
              <Trans>Keyboard shortcuts</Trans>
            </button>
          </p>
        </div>
      </footer>
      {Keys && <Keys onClose={hideKeys} />}
    </>
  );
}

interface ServedFromProps {
  data: ResultOf<typeof ShellQuery> | undefined;
  loading: boolean;
  error: ErrorLike | undefined;
}

/** Names the data set and the model at the end of every page; an operator's facts. */
function ServedFrom({ data, loading, error }: ServedFromProps) {
  if (loading && !data) return <p aria-hidden="true">&nbsp;</p>;
  if (error && !data)
    return (
      <p>
        <Trans>Nothing is known of data and model at the moment.</Trans>
      </p>
    );
  return <ModelBadge dataset={data?.dataset} {...data?.model} />;
}
