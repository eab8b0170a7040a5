import { useCallback } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { MAX_ID } from '../api/limits.ts';

/** The parameter's value where it is one of `values`, else the first of them. */
export function oneOf<const T extends string>(values: readonly [T, ...T[]], value: string | null): T {
  return values.find((known) => known === value) ?? values[0];
}

/** The parameter as a number held within the limits; `fallback` where it is none. */
export function numberWithin(min: number, max: number, fallback: number, value: string | null): number {
  const number = value === null || value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? Math.min(max, Math.max(min, number)) : fallback;
}

/** A whole number from 0 on as it stands in an address, or null. */
export function pathNumber(value: string | null | undefined): number | null {
  return /^(?:0|[1-9]\d{0,9})$/.test(value ?? '') && Number(value) <= MAX_ID ? Number(value) : null;
}

/** A search part in the one way of writing it: the browser escapes more than a link need. */
const written = (search: string): string => new URLSearchParams(search).toString();

/** Parameters to set; null takes one out. */
export type SearchChanges = Readonly<Record<string, string | null>>;

/** The same, or how they follow from the search part as it stands. */
export type SearchUpdate = SearchChanges | ((search: URLSearchParams) => SearchChanges);

interface ChangeOptions {
  /** True for a step that Back takes back. */
  push?: boolean;
}

/**
 * Changes the address of the page: search part and fragment as they stand. The router renders a step behind, and a visitor's next choice comes
 * before where the page has much to do. On the way to another page nothing is changed any more.
 */
export function useChangeAddress() {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return useCallback(
    (
      change: (search: URLSearchParams, hash: string) => { search: string; hash?: string },
      { push = false }: ChangeOptions = {},
    ) => {
      const now = window.location;
      // The same page in another spelling, as of a genre, is on the way to none.
      if (now.pathname.toLowerCase() !== pathname.toLowerCase()) return;
      const after = {
        pathname: now.pathname,
        hash: now.hash,
        ...change(new URLSearchParams(now.search), now.hash),
      };
      void navigate(after, { replace: !push });
    },
    [navigate, pathname],
  );
}

/**
 * Reads the address's search part, and changes single parameters of it; what depends on other parameters is a function of them as they
 * stand.
 */
export function useAddressState() {
  const [search] = useSearchParams();
  const rendered = useLocation().search;
  const changeAddress = useChangeAddress();
  const updateSearch = useCallback(
    (update: SearchUpdate, options?: ChangeOptions) =>
      changeAddress((after) => {
        const changes = typeof update === 'function' ? update(after) : update;
        for (const [name, value] of Object.entries(changes)) {
          if (value === null) after.delete(name);
          else after.set(name, value);
        }
        return { search: after.toString() };
      }, options),
    [changeAddress],
  );
  /** True unless the address has changed since it was rendered. */
  const isNewest = useCallback(() => written(window.location.search) === written(rendered), [rendered]);
  return { search, updateSearch, isNewest };
}
