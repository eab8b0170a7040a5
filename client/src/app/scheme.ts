import { browserStorage, storedState } from '../state/storedState.ts';

/** The colours that the visitor chose: the system's, or always the same. */
export type Scheme = 'system' | 'light' | 'dark';

const SCHEMES: readonly Scheme[] = ['system', 'light', 'dark'];

/** Kept under `pocketrocket.scheme`, where a script in the document's head finds it before the first picture. */
export const schemeStore = storedState<Scheme>({
  key: 'pocketrocket.scheme',
  storage: browserStorage(),
  parse: (stored) => SCHEMES.find((scheme) => scheme === stored) ?? 'system',
  format: (scheme) => (scheme === 'system' ? null : scheme),
});

/** Shows the chosen colours, here and as soon as another tab chooses; returns the way to stop. */
export function followScheme(): () => void {
  const apply = () => {
    const scheme = schemeStore.get();
    if (scheme === 'system') delete document.documentElement.dataset['scheme'];
    else document.documentElement.dataset['scheme'] = scheme;
  };
  apply();
  const endings = [schemeStore.subscribe(apply), schemeStore.followOtherTabs()];
  return () => {
    for (const end of endings) end();
  };
}
