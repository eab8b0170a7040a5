import { useLayoutEffect, useRef, type RefObject } from 'react';

const MOVE_MS = 350;

/**
 * Shows what moved where a list has changed: films glide to their new places, new ones fade in. Whoever had the focus in the list keeps it,
 * on the film that took the place. Without motion where the visitor wants none.
 */
export function useListMotion(list: RefObject<HTMLElement | null>, keys: readonly number[]): void {
  const before = useRef<{ keys: string; places: Map<string, DOMRect>; focused: number }>(undefined);
  const key = keys.join();

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const last = before.current;
    if (last && last.keys !== key) {
      restoreFocus(element, last.focused);
      if (last.keys !== '' && !matchMedia('(prefers-reduced-motion: reduce)').matches)
        animate(element, keys, last.places);
    }
    return () => {
      const focused = [...element.children].findIndex((child) => child.contains(document.activeElement));
      before.current = { keys: key, places: placesOf(element, keys), focused };
    };
  }, [list, key, keys]);
}

const placesOf = (element: HTMLElement, keys: readonly number[]) =>
  new Map([...element.children].map((child, place) => [String(keys[place]), relativePlace(element, child)]));

/** The place within the list, whatever is scrolled meanwhile. */
function relativePlace(element: HTMLElement, child: Element): DOMRect {
  const outer = element.getBoundingClientRect();
  const { x, y, width, height } = child.getBoundingClientRect();
  return new DOMRect(x - outer.x + element.scrollLeft, y - outer.y, width, height);
}

function animate(element: HTMLElement, keys: readonly number[], places: Map<string, DOMRect>): void {
  for (const [place, child] of [...element.children].entries()) {
    const from = places.get(String(keys[place]));
    const to = relativePlace(element, child);
    if (!from) child.animate({ opacity: [0, 1] }, { duration: MOVE_MS, easing: 'ease-out' });
    else if (from.x !== to.x || from.y !== to.y)
      child.animate(
        { translate: [`${from.x - to.x}px ${from.y - to.y}px`, '0 0'] },
        { duration: MOVE_MS, easing: 'ease-out' },
      );
  }
}

/** A film that has gone took the focus with it: the one in its place has it now. */
function restoreFocus(element: HTMLElement, place: number): void {
  if (place < 0 || (document.activeElement !== document.body && document.activeElement !== null)) return;
  const child = element.children[Math.min(place, element.children.length - 1)];
  child?.querySelector<HTMLElement>('[data-card-link]')?.focus({ preventScroll: true });
}
