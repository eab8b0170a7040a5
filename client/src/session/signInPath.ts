import { useLocation } from 'react-router';
import { PATHS } from '../routing/paths.ts';
import { useSession } from './session.ts';

const PARAM = 'to';

/** The sign-in page that leads back to an address of the portal. */
export const signInPath = (back: string): string =>
  `${PATHS.signIn}?${new URLSearchParams({ [PARAM]: back })}`;

/** The sign-in page that leads back to where the visitor is now. */
export function useSignInPath(): string {
  const { pathname, search } = useLocation();
  return pathname === PATHS.signIn ? `${PATHS.signIn}${search}` : signInPath(pathname + search);
}

/** The address that a sign-in page's address leads on to; null where it names none, or none of the portal's own. */
export function pathAfterSignIn(search: URLSearchParams): string | null {
  const to = search.get(PARAM);
  // Browsers take "//host" and "/\host" for other hosts.
  return to !== null && /^\/(?![/\\])/.test(to) && !to.startsWith(PATHS.signIn) ? to : null;
}

/** The address that a visitor who is signed in goes on to from the sign-in page; null for everybody else, who signs in there. */
export function useWayOn(fallback: string): string | null {
  const { search } = useLocation();
  const { session } = useSession();
  return session && (pathAfterSignIn(new URLSearchParams(search)) ?? fallback);
}
