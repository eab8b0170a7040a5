import * as v from 'valibot';
import { browserStorage, storedState, useStoredState } from '../../state/storedState.ts';

const OwnLinkSchema = v.object({
  token: v.string(),
  linkId: v.string(),
  expiresAt: v.string(),
  /** Whose taste it leads to; null for the picks of a visitor without an account. */
  userId: v.nullable(v.number()),
});

/** The link that this browser has made last: only here its token is known. */
export type OwnLink = v.InferOutput<typeof OwnLinkSchema>;

/** The stored text as a link; null where there is none or it cannot be read. */
export function parseOwnLink(stored: string | null): OwnLink | null {
  if (stored === null) return null;
  try {
    const result = v.safeParse(OwnLinkSchema, JSON.parse(stored));
    return result.success ? result.output : null;
  } catch {
    return null;
  }
}

export const ownLinkStore = storedState<OwnLink | null>({
  key: 'pocketrocket.group-link',
  storage: browserStorage(),
  parse: parseOwnLink,
  format: (link) => link && JSON.stringify(link),
});

export const useOwnLink = (): OwnLink | null => useStoredState(ownLinkStore, null);
