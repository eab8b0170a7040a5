import { useLayoutEffect, useRef } from 'react';
import { NavigationType, useNavigationType } from 'react-router';
import { useAddressState, type SearchUpdate } from '../../routing/addressState.ts';

/** The address of a list: each change of it is a step that Back takes back, and shows the list from its top. */
export function useListAddress() {
  const { search, updateSearch } = useAddressState();
  const type = useNavigationType();
  const text = search.toString();
  const before = useRef(text);
  useLayoutEffect(() => {
    const isChanged = before.current !== text;
    before.current = text;
    if (isChanged && type === NavigationType.Push) window.scrollTo({ top: 0, behavior: 'instant' });
  }, [text, type]);
  return {
    search,
    change: (update: SearchUpdate) => updateSearch(update, { push: true }),
  };
}
