import * as v from 'valibot';
import { sessionStore } from '../../session/session.ts';
import { useSharedState } from '../../state/sharedState.ts';
import { browserStorage, readJson, storedState } from '../../state/storedState.ts';

const OwnLinkSchema = v.object({
  token: v.string(),
  linkId: v.string(),
  expiresAt: v.string(),
  /** The account whose taste it leads to; null for the picks of a visitor without an account. */
  userId: v.nullable(v.number()),
});

/** The link that this browser has made last: only here its token is known. */
export type OwnLink = v.InferOutput<typeof OwnLinkSchema>;

/** The stored text as a link; null where there is none, it cannot be read, or its time is over. */
export function parseOwnLink(stored: string | null, now: () => number = Date.now): OwnLink | null {
  const link = readJson(OwnLinkSchema, stored);
  return link && Date.parse(link.expiresAt) > now() ? link : null;
}

export const ownLinkStore = storedState<OwnLink | null>({
  key: 'pocketrocket.group-link',
  storage: browserStorage(),
  parse: (stored) => parseOwnLink(stored),
  format: (link) => link && JSON.stringify(link),
});

export const useOwnLink = (): OwnLink | null => useSharedState(ownLinkStore, null);

/** Whoever signs in next on this device must not have it. */
function forgetLinkOfOthers(): void {
  const link = ownLinkStore.get();
  if (link && link.userId !== null && link.userId !== sessionStore.get().session?.userId)
    ownLinkStore.set(null);
}
forgetLinkOfOthers();
sessionStore.subscribe(forgetLinkOfOthers);
