import { useCallback } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { GroupAddress } from './groupAddress.ts';
import { readGroupAddress, writeGroupAddress } from './groupAddress.ts';

/** The group that the address names, and how to change it. */
export function useGroup(): GroupAddress & {
  search: URLSearchParams;
  change: (change: (group: GroupAddress) => GroupAddress) => void;
} {
  const { pathname, search: text, hash } = useLocation();
  const navigate = useNavigate();
  const search = new URLSearchParams(text);
  const change = useCallback(
    (to: (group: GroupAddress) => GroupAddress) => {
      const before = new URLSearchParams(text);
      const next = writeGroupAddress(before, to(readGroupAddress(before, hash)));
      void navigate({ pathname, search: next.search, hash: next.hash }, { replace: true });
    },
    [navigate, pathname, text, hash],
  );
  return { ...readGroupAddress(search, hash), search, change };
}
