import { Trans, useLingui } from '@lingui/react/macro';
import type { RefObject } from 'react';
import { Link, NavLink, useLocation, useNavigate } from 'react-router';
import { DatasetName } from '../components/index.ts';
import { moviePath, PATHS, SEARCH_PARAM, searchPath, searchText } from '../routing/paths.ts';
import { LazyCombobox } from '../search/LazyCombobox.tsx';
import { SearchForm } from '../search/SearchForm.tsx';
import { useSession } from '../session/session.ts';
import { useSignInPath } from '../session/signInPath.ts';
import styles from './Header.module.css';
import { Menu } from './Menu.tsx';
import { Places } from './Places.tsx';

interface HeaderProps {
  /** Undefined until it is known, null while the database is empty. */
  dataset: { name: string; isSynthetic: boolean } | null | undefined;
  search: RefObject<HTMLFormElement | null>;
  onShowKeys: () => void;
}

/** The head of every page: a grid whose areas keep their places and sizes, whatever arrives late. */
export function Header({ dataset, search, onShowKeys }: HeaderProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { pathname, search: query } = useLocation();
  return (
    <header>
      <div className={`page ${styles.bar}`}>
        <p className={styles.brand}>
          <Link className={styles.name} to={PATHS.home}>
            PocketRocket
          </Link>
          <span className={dataset?.isSynthetic ? styles.synthetic : styles.dataset}>
            {dataset ? <DatasetName {...dataset} /> : '\u00a0'}
          </span>
        </p>
        <nav className={styles.nav} aria-label={t`Main`}>
          <Places />
        </nav>
        <SearchForm className={styles.search} ref={search}>
          <LazyCombobox
            label={t`Search films`}
            placeholder={t`Search films`}
            shownText={pathname === PATHS.search ? searchText(new URLSearchParams(query)) : ''}
            onChoose={({ movieId }) => void navigate(moviePath(movieId))}
            onSubmit={(text) => void navigate(searchPath(text))}
            inputProps={{ name: SEARCH_PARAM }}
          />
        </SearchForm>
        <div className={styles.account}>
          <OwnPlace />
        </div>
        <Menu onShowKeys={onShowKeys} />
      </div>
    </header>
  );
}

/** Leads to the visitor's own recommendations, or to sign-in. */
function OwnPlace() {
  const { session } = useSession();
  const signIn = useSignInPath();
  if (!session)
    return (
      <NavLink to={signIn}>
        <Trans>Sign in</Trans>
      </NavLink>
    );
  const { name } = session;
  return (
    <NavLink to={PATHS.me} end>
      <span aria-hidden="true">
        <Trans>For you</Trans>
      </span>
      <span className="visually-hidden">
        <Trans>For you, {name}</Trans>
      </span>
    </NavLink>
  );
}
