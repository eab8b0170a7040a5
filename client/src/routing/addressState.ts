import { useCallback } from 'react';
import { useLocation, useNavigate, useSearchParams, type Location } from 'react-router';
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

/**
 * The address as it stands, which is ahead of what is rendered: the router renders a step later, and where the page has much to do a
 * visitor's next choice comes before. On the way to another page what is rendered is the page that the choice was made on.
 */
function newest(rendered: Location): { search: string; hash: string } {
  return window.location.pathname === rendered.pathname ? window.location : rendered;
}

/**
 * Reads the address's search part, and changes single parameters of it, the fragment and changes not yet rendered kept: in place, or
 * with `push` as a step that Back takes back; null takes a parameter out.
 */
export function useAddressState() {
  const [search] = useSearchParams();
  const rendered = useLocation();
  const navigate = useNavigate();
  const updateSearch = useCallback(
    (changes: Record<string, string | null>, { push = false }: { push?: boolean } = {}) => {
      const before = newest(rendered);
      const after = new URLSearchParams(before.search);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) after.delete(name);
        else after.set(name, value);
      }
      void navigate({ search: after.toString(), hash: before.hash }, { replace: !push });
    },
    [navigate, rendered],
  );
  return { search, updateSearch };
}
