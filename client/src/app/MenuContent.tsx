import { Trans, useLingui } from '@lingui/react/macro';
import { NavLink } from 'react-router';
import { SegmentedChoice } from '../components/controls/SegmentedChoice.tsx';
import { showToast } from '../components/index.ts';
import { PATHS } from '../routing/paths.ts';
import { AdminLink } from '../session/AdminLink.tsx';
import { useSession } from '../session/session.ts';
import { useSignOut } from '../session/useSignOut.ts';
import { useSharedState } from '../state/sharedState.ts';
import { chooseLanguage, isLanguage, LANGUAGES, type Language } from '../texts/texts.ts';
import styles from './Menu.module.css';
import { Places } from './Places.tsx';
import { schemeStore } from './scheme.ts';

interface MenuContentProps {
  onShowKeys: () => void;
  onSignedOut: () => void;
}

export default function MenuContent({ onShowKeys, onSignedOut }: MenuContentProps) {
  const { t, i18n } = useLingui();
  const { session } = useSession();
  const scheme = useSharedState(schemeStore, 'system');
  const signOut = useSignOut();
  const speak = async (language: Language) => {
    try {
      await chooseLanguage(i18n, language);
    } catch {
      showToast({ text: t`The texts could not be loaded. Try again in a moment.`, isProblem: true });
    }
  };
  return (
    <>
      <nav className={styles.places} aria-label={t`Pages`}>
        <Places />
      </nav>
      {session && (
        <nav className={styles.own} aria-label={t`Your pages`}>
          <p className={styles.who}>{session.name}</p>
          <NavLink to={PATHS.watchlist}>
            <Trans>Watchlist</Trans>
          </NavLink>
          <NavLink to={PATHS.myRatings}>
            <Trans>My ratings</Trans>
          </NavLink>
          <NavLink to={PATHS.account}>
            <Trans>Account</Trans>
          </NavLink>
          <AdminLink />
          <button type="button" onClick={() => void signOut().then(onSignedOut)}>
            <Trans>Sign out</Trans>
          </button>
        </nav>
      )}
      <SegmentedChoice
        label={t`Colours`}
        value={scheme}
        options={{ system: t`System`, light: t`Light`, dark: t`Dark` }}
        onChoose={schemeStore.set}
      />
      <SegmentedChoice
        label={t`Language`}
        value={isLanguage(i18n.locale) ? i18n.locale : 'en'}
        options={LANGUAGES}
        onChoose={speak}
      />
      <button type="button" className={styles.keys} onClick={onShowKeys}>
        <Trans>Keyboard shortcuts</Trans>
      </button>
    </>
  );
}
