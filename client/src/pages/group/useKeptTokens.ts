import { useEffect, useEffectEvent } from 'react';
import { useLocation } from 'react-router';
import { useChangeAddress } from '../../routing/addressState.ts';

const KEY = 'pocketrocket.group-tokens';

/**
 * Brings the links of a group back after the visitor has signed in on the way. They are kept in this tab alone: in the address to come
 * back to they would reach the server. @returns keeps them, for the link that leads to the sign-in
 */
export function useKeptTokens(): () => void {
  const { hash } = useLocation();
  const changeAddress = useChangeAddress();
  const bringBack = useEffectEvent(() => {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    if (kept && hash === '') changeAddress((search) => ({ search: search.toString(), hash: kept }));
  });
  useEffect(() => bringBack(), []);
  return () => sessionStorage.setItem(KEY, hash);
}
