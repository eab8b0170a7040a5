import { sharedState } from '../state/sharedState.ts';

/** True while the page's live connection stands. */
export const isLive = sharedState(false);
