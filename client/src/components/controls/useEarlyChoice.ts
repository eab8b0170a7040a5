import { useEffect, useEffectEvent, useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Takes over what was chosen before React came, on a page that the server rendered: the browser shows it until it is rendered again, and
 * nobody was told.
 * @param read the choice that an element shows
 * @param takeOver told of it once, whether or not it is another one
 */
export function useEarlyChoice<Control extends HTMLElement, Choice>(
  control: RefObject<Control | null>,
  read: (control: Control) => Choice,
  takeOver: (early: Choice, control: Control) => void,
): void {
  const shown = useRef<Choice>(undefined);
  const reads = useEffectEvent(() => {
    if (control.current) shown.current = read(control.current);
  });
  const takesOver = useEffectEvent(() => {
    if (control.current && shown.current !== undefined) takeOver(shown.current, control.current);
  });
  // Before anything renders again.
  useLayoutEffect(() => reads(), []);
  useEffect(() => takesOver(), []);
}
