import { useState, type ComponentType } from 'react';

/**
 * A component whose code is loaded when somebody asks for what it shows: itself once it is there, what asks for it, and what puts it away.
 *
 * Not through Suspense, which gives the whole page up where the code cannot be fetched. Here `onMissing` is told, and the next asking tries again.
 */
export function useAsked<Props>(
  load: () => Promise<ComponentType<Props>>,
  onMissing: () => void,
): [asked: ComponentType<Props> | undefined, ask: () => void, putAway: () => void] {
  const [asked, setAsked] = useState<ComponentType<Props>>();
  const ask = () => void load().then((loaded) => setAsked(() => loaded), onMissing);
  return [asked, ask, () => setAsked(undefined)];
}
