import type { ApolloClient } from '@apollo/client';
import { preloadPage } from './routes.ts';

/** The time that a pointer rests on a link before its page is preloaded: sweeping over a row preloads nothing. */
const RESTING_MS = 65;

/**
 * Preloads the page behind a link that is pointed at, touched or focused; returns the way to stop.
 *
 * One listener for the document: components link with plain links and need not know of it.
 */
export function preloadOnIntent(client: ApolloClient): () => void {
  let timer: number | undefined;
  const preload = (event: Event) => {
    window.clearTimeout(timer);
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.origin !== location.origin || link.target) return;
    timer = window.setTimeout(() => {
      // Opening the page meets the same failure and shows it; ahead of that there is nobody to tell.
      preloadPage(client, new URL(link.href)).catch(() => undefined);
    }, RESTING_MS);
  };
  const events = ['pointerover', 'focusin', 'touchstart'] as const;
  for (const event of events) document.addEventListener(event, preload, { passive: true });
  return () => {
    window.clearTimeout(timer);
    for (const event of events) document.removeEventListener(event, preload);
  };
}
