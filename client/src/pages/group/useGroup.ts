import { useLocation, useNavigate } from 'react-router';
import { readGroupAddress, writeGroupAddress, type GroupAddress } from './groupAddress.ts';

/** The group that the address names, and how to change it. */
export function useGroup(): GroupAddress & {
  search: URLSearchParams;
  change: (change: (group: GroupAddress) => GroupAddress) => void;
} {
  const { pathname, search: text, hash } = useLocation();
  const navigate = useNavigate();
  const search = new URLSearchParams(text);
  const group = readGroupAddress(search, hash);
  return {
    ...group,
    search,
    change(to) {
      const next = writeGroupAddress(search, to(group));
      void navigate({ pathname, search: next.search, hash: next.hash }, { replace: true });
    },
  };
}
