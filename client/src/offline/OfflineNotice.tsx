import { useApolloClient } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent } from 'react';
import { showToast } from '../components/index.ts';
import { useSession } from '../session/session.ts';
import { keepAdopted } from './offlineLink.ts';

/** Says once that the browser is offline, and that it is back; forgets what was kept for a visitor who has signed out. */
export function OfflineNotice() {
  const { t } = useLingui();
  const client = useApolloClient();
  const userId = useSession().session?.userId ?? null;
  const tell = useEffectEvent((isOnline: boolean) =>
    showToast({
      text: isOnline
        ? t`You are back online.`
        : t`You are offline. What you have seen stays here; your ratings are kept and sent later.`,
    }),
  );

  useEffect(() => {
    let close = navigator.onLine ? undefined : tell(false);
    const onChange = () => {
      close?.();
      close = tell(navigator.onLine);
    };
    window.addEventListener('online', onChange);
    window.addEventListener('offline', onChange);
    return () => {
      window.removeEventListener('online', onChange);
      window.removeEventListener('offline', onChange);
    };
  }, []);
  useEffect(() => {
    if (typeof caches === 'undefined') return;
    // On the next page it is tried again.
    void import('./answers.ts').then(({ forgetOthers }) => forgetOthers(userId)).catch(() => undefined);
  }, [userId]);
  useEffect(() => {
    if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
    // Without it the portal works as long as the browser is online.
    void navigator.serviceWorker
      .register('/sw.js')
      .then(() => navigator.serviceWorker.ready)
      .then(() => keepAdopted(client))
      .catch(() => undefined);
  }, [client]);
  return null;
}
