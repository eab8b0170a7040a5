import { useEffect, useEffectEvent, useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Takes over what was chosen before React: on a page that the server rendered, a control shows such a choice until it is rendered again,
 * and nobody was told.
 * @param read what the control shows
 * @param take is told once, also where nothing was chosen
 * @returns for the control
 */
export function useEarlyChoice<Control extends HTMLElement, Value>(
  read: (control: Control) => Value,
  take: (early: Value, control: Control) => void,
): RefObject<Control | null> {
  const control = useRef<Control>(null);
  const early = useRef<{ value: Value }>(undefined);
  const readNow = useEffectEvent(read);
  const takeOver = useEffectEvent(take);
  // Before anything renders the control again.
  useLayoutEffect(() => {
    if (control.current) early.current = { value: readNow(control.current) };
  }, []);
  useEffect(() => {
    if (control.current && early.current) takeOver(early.current.value, control.current);
  }, []);
  return control;
}
