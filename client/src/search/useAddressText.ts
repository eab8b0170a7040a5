import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useAddressState, type SearchChanges } from '../routing/addressState.ts';
import { useSettled } from './useSettled.ts';

/**
 * The text of a field that stands in the address, as it is typed; the address has it after each pause in typing.
 * @param name the parameter that holds it
 * @param changes other parameters that change with it
 */
export function useAddressText(
  name: string,
  changes: SearchChanges = {},
): [typed: string, setTyped: (text: string) => void] {
  const { search, updateSearch, isNewest } = useAddressState();
  const text = search.get(name) ?? '';
  const [typed, setTyped] = useState(text);
  const told = useRef(text);
  // The address changes without the field too, as by the link that shows all. What the field told it comes back late, when more is typed.
  const takeOver = useEffectEvent(() => {
    if (text === told.current || !isNewest()) return;
    told.current = text;
    setTyped(text);
  });
  useEffect(() => takeOver(), [text]);
  const settled = useSettled(typed);
  const tell = useEffectEvent(() => {
    if (settled === told.current) return;
    told.current = settled;
    updateSearch({ ...changes, [name]: settled || null });
  });
  useEffect(() => tell(), [settled]);
  return [typed, setTyped];
}
