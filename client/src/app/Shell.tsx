import { useQuery } from '@apollo/client/react';
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { Link, NavLink, useNavigate } from 'react-router';
import { isSynthetic, ModelBadge } from '../components/index.ts';
import { graphql } from '../gql/index.ts';
import { moviePath, PATHS, searchPath } from '../routing/paths.ts';
import { LazyCombobox } from '../search/LazyCombobox.tsx';
import { AdminLink } from '../session/AdminLink.tsx';
import { Account, SignedOutNotice } from '../session/Account.tsx';
import { tasteStore } from '../taste/taste.ts';
import styles from './Shell.module.css';
import { useScrollMemory } from './useScrollMemory.ts';
import { useShortcuts } from './useShortcuts.ts';

const KeysDialog = lazy(async () => ({
  default: (await import('../components/controls/KeysDialog.tsx')).KeysDialog,
}));

const ModelBadgeQuery = graphql(/* GraphQL */ `
  query ModelBadge {
    model {
      dataset
      ...ModelBadge
    }
  }
`);

const BADGE_POLL_MS = 15_000;

/** Surrounds every page with the skip link, navigation, search, and the data set and model in use. */
export function Shell({ apiUrl, children }: { apiUrl: string; children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const search = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const [keysOpen, setKeysOpen] = useState(false);
  useScrollMemory(main);
  useShortcuts({
    '/': () => search.current?.querySelector('input')?.focus(),
    '?': () => setKeysOpen(true),
  });
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
        Skip to main content
      </a>
      <header className={styles.header}>
        <div className={`page ${styles.bar}`}>
          <Link className={styles.name} to={PATHS.home}>
            PocketRocket
          </Link>
          <nav className={styles.nav} aria-label="Main">
            <NavLink to={PATHS.home} end>
              Films
            </NavLink>
            <NavLink to={PATHS.users}>People</NavLink>
            <NavLink to={PATHS.about}>About</NavLink>
          </nav>
          <Badge />
          <Account />
          <div className={styles.search} role="search" ref={search}>
            <LazyCombobox
              label="Search films"
              placeholder="Search films"
              onChoose={({ movieId }) => void navigate(moviePath(movieId))}
              onSubmit={(text) => void navigate(searchPath(text))}
            />
          </div>
        </div>
      </header>
      <main ref={main} id="main" tabIndex={-1} className={`page ${styles.main}`}>
        <SignedOutNotice />
        {children}
      </main>
      <footer className={styles.footer}>
        <div className={`page ${styles.foot}`}>
          <ServedFrom />
          <p className={styles.links}>
            <a href={apiUrl}>GraphQL playground</a>
            <AdminLink />
            <button type="button" onClick={() => setKeysOpen(true)}>
              Keyboard shortcuts
            </button>
          </p>
        </div>
      </footer>
      <Suspense>{keysOpen && <KeysDialog onClose={() => setKeysOpen(false)} />}</Suspense>
    </>
  );
}

/** Names the data set and the model in use, short, at the top of every page. */
function Badge() {
  // A better model may be published while the page is open: the first start trains one in the background.
  const { data } = useQuery(ModelBadgeQuery, {
    pollInterval: BADGE_POLL_MS,
    skipPollAttempt: () => document.hidden,
  });
  if (!data) return null;
  const { dataset, version, recipe } = data.model ?? {};
  return (
    <Link className={styles.badge} to={PATHS.about}>
      {isSynthetic(dataset) ? 'synthetic sample' : (dataset ?? 'unknown data set')} ·{' '}
      {version ? `model ${version}, ${recipe} recipe` : 'no trained model'}
    </Link>
  );
}

function ServedFrom() {
  const { data, loading, error } = useQuery(ModelBadgeQuery);
  const dataset = data?.model?.dataset;
  useEffect(() => {
    if (dataset) tasteStore.bindToDataset(dataset);
  }, [dataset]);

  if (loading && !data) return <p aria-hidden="true">&nbsp;</p>;
  if (error && !data) return <p>Model information is unavailable.</p>;
  const { version, trainedAt, recipe } = data?.model ?? {};
  return (
    <ModelBadge
      dataset={isSynthetic(dataset) ? 'bundled films' : (dataset ?? 'unknown data set')}
      synthetic={isSynthetic(dataset)}
      version={version}
      recipe={recipe}
      trainedAt={trainedAt}
    />
  );
}
