import { useEffect, useEffectEvent } from 'react';
import { useLocation, useNavigate } from 'react-router';

const KEY = 'pocketrocket.group-tokens';

/**
 * Brings the links of a group back after the visitor has signed in on the way. They are kept in this tab alone: in the address to come
 * back to they would reach the server. @returns keeps them, for the link that leads to the sign-in
 */
export function useKeptTokens(): () => void {
  const { pathname, search, hash } = useLocation();
  const navigate = useNavigate();
  const bringBack = useEffectEvent(() => {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    if (kept && hash === '') void navigate({ pathname, search, hash: kept }, { replace: true });
  });
  useEffect(() => bringBack(), []);
  return () => sessionStorage.setItem(KEY, hash);
}
