import { useLocation } from 'react-router';
import { useChangeAddress } from '../../routing/addressState.ts';
import { readGroupAddress, writeGroupAddress, type GroupAddress } from './groupAddress.ts';

/** The group that the address names, and how to change it. */
export function useGroup(): GroupAddress & {
  search: URLSearchParams;
  change: (change: (group: GroupAddress) => GroupAddress) => void;
} {
  const { search: text, hash } = useLocation();
  const changeAddress = useChangeAddress();
  const search = new URLSearchParams(text);
  return {
    ...readGroupAddress(search, hash),
    search,
    change: (to) =>
      changeAddress((before, hashBefore) =>
        writeGroupAddress(before, to(readGroupAddress(before, hashBefore))),
      ),
  };
}
