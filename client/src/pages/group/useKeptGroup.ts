import { useEffect, useEffectEvent } from 'react';
import { createPath, parsePath, useLocation } from 'react-router';
import { useChangeAddress } from '../../routing/addressState.ts';
import { keptGroup } from '../../taste/keptGroup.ts';

/** Brings a group back after the visitor has signed in or picked films on the way. @returns keeps it, for the links that lead there */
export function useKeptGroup(): () => void {
  const place = useLocation();
  const changeAddress = useChangeAddress();
  const bringBack = useEffectEvent(() => {
    const kept = keptGroup.get();
    if (kept === null) return;
    keptGroup.set(null);
    const { search = '', hash = '' } = parsePath(kept);
    if (place.hash === '') changeAddress(() => ({ search: place.search || search, hash }));
  });
  useEffect(() => bringBack(), []);
  return () => keptGroup.set(createPath(place));
}
