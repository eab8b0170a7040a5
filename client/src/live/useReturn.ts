import { useEffect, useEffectEvent } from 'react';
import { isVisible } from '../state/isVisible.ts';

/** A look at another window that is shorter is no absence. */
const AWAY_MS = 5_000;

/** Calls back when somebody who was away looks at the page again: what it shows may have been changed on another device. */
export function useReturn(onReturn: () => void): void {
  const returned = useEffectEvent(onReturn);
  useEffect(() => {
    let since = isVisible.get() ? null : Date.now();
    return isVisible.subscribe(() => {
      if (!isVisible.get()) {
        since = Date.now();
        return;
      }
      if (since !== null && Date.now() - since >= AWAY_MS) returned();
      since = null;
    });
  }, []);
}
