import { useSharedState } from '../../state/sharedState.ts';
import { browserStorage, storedState } from '../../state/storedState.ts';

const DEFAULT_COUNTRY = 'US';
const COUNTRY = /^[A-Z]{2}$/;

const countryStore = storedState<string>({
  key: 'pocketrocket.country',
  storage: browserStorage(),
  parse: (stored) => (stored !== null && COUNTRY.test(stored) ? stored : countryOfBrowser()),
  format: (country) => country,
});

/** The country whose offers a visitor wants: the one chosen last, else that of the browser's language. */
export function useCountry(): [country: string, choose: (country: string) => void] {
  return [useSharedState(countryStore, DEFAULT_COUNTRY), countryStore.set];
}

function countryOfBrowser(): string {
  if (typeof navigator === 'undefined') return DEFAULT_COUNTRY;
  return regionOf(navigator.language) ?? DEFAULT_COUNTRY;
}

/** The region that a language tag names or most likely means; null for none. */
function regionOf(tag: string): string | null {
  try {
    const { region } = new Intl.Locale(tag).maximize();
    return region !== undefined && COUNTRY.test(region) ? region : null;
  } catch {
    // No language tag.
    return null;
  }
}
