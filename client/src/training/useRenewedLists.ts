import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { isLive } from '../live/liveState.ts';
import { isVisible } from '../state/isVisible.ts';
import { followTraining } from './followTraining.ts';
import { useTraining } from './useTraining.ts';

/** All pages hear of another model at once; so that they do not ask at once, each waits for a part of this. */
const SPREAD_MS = 15_000;
/** The same after the first model: who looks at the training waits for it. */
const FIRST_SPREAD_MS = 500;

/**
 * Follows the training for all who show it, and asks for all lists on the page again when another model serves than the one of which the page
 * was made: null without one, undefined where it is not known.
 */
export function useRenewedLists(modelVersion: string | null | undefined): void {
  const client = useApolloClient();
  const former = useRef(modelVersion);
  const version = useTraining()?.modelVersion;
  useEffect(() => followTraining(client, { isLive, isVisible }), [client]);
  useEffect(() => {
    if (version === undefined || version === former.current) return;
    const before = former.current;
    former.current = version;
    if (before === undefined) return;
    const spread = before === null ? FIRST_SPREAD_MS : SPREAD_MS;
    const timer = setTimeout(() => void client.refetchQueries({ include: 'active' }), Math.random() * spread);
    return () => clearTimeout(timer);
  }, [client, version]);
}
