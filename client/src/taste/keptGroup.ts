import { useSharedState } from '../state/sharedState.ts';
import { storedState, tabStorage } from '../state/storedState.ts';

/**
 * The address of the group that the visitor has left to sign in or to pick films, until it is open again. It is kept in this tab alone: in
 * an address to come back to its links would reach the server.
 */
export const keptGroup = storedState<string | null>({
  key: 'pocketrocket.group-left',
  storage: tabStorage,
  parse: (stored) => stored,
  format: (address) => address,
});

/** The way back to the group that the visitor has left; null for everybody else. */
export const useWayToGroup = (): string | null => useSharedState(keptGroup, null);
