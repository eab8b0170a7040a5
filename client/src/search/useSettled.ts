import { useEffect, useState } from 'react';

/** A pause in typing after which it is looked for. */
const PAUSE_MS = 300;

/** The value once it has stayed the same for so long; empty at once. */
export function useSettled(value: string, pauseMs = PAUSE_MS): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), value === '' ? 0 : pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
