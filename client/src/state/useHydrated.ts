import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False on a server and in the first render of what it sent; true as soon as what this browser knows may show. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
