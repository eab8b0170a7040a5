import { useEffect, useEffectEvent } from 'react';

/** Tells other windows of this browser of marks that change no list of recommendations, so that the live connection says nothing of them. */
const NAME = 'pocketrocket.marks';

/** Tells the other windows that a mark of the user's was saved here. */
export function tellOtherWindows(userId: number): void {
  const channel = new BroadcastChannel(NAME);
  channel.postMessage(userId);
  channel.close();
}

/** Calls back when another window has saved a mark of the user's; null for nobody. */
export function useOtherWindows(userId: number | null, onChange: () => void): void {
  const changed = useEffectEvent(onChange);
  useEffect(() => {
    if (userId === null) return;
    const channel = new BroadcastChannel(NAME);
    channel.onmessage = ({ data }) => {
      if (data === userId) changed();
    };
    return () => channel.close();
  }, [userId]);
}
