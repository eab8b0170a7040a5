import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';
import { tabStorage } from '../state/storedState.ts';

/** The time that a page has to grow to its former height, and to stay so, before restoring its position is given up. */
const GROWING_MS = 10_000;

const VISITORS_ACTS = ['wheel', 'touchmove', 'pointerdown', 'keydown'];

/**
 * Restores the scroll position on back and reload; a new page starts at its top, with the focus on its content.
 *
 * Rows save their own scroll positions. A change of the search part alone scrolls nothing.
 */
export function useScrollMemory(main: RefObject<HTMLElement | null>): void {
  const { key, pathname } = useLocation();
  const type = useNavigationType();
  const lastPathname = useRef(pathname);
  const typed = useRef<{ field: EventTarget | null; pathname: string }>(undefined);

  useEffect(() => {
    history.scrollRestoration = 'manual';
    // The address is ahead of the page while the next one is on its way.
    const noteTyping = ({ target }: Event) =>
      (typed.current = { field: target, pathname: window.location.pathname });
    document.addEventListener('input', noteTyping);
    return () => document.removeEventListener('input', noteTyping);
  }, []);

  useLayoutEffect(() => {
    const movedOn = lastPathname.current !== pathname;
    lastPathname.current = pathname;
    // Who types on in the search field, on the way here, keeps it.
    const typesOn = typed.current?.pathname === pathname && typed.current.field === document.activeElement;
    if (movedOn && !typesOn) main.current?.focus({ preventScroll: true });
    if (type === NavigationType.Pop) {
      const stored = tabStorage?.getItem(`scroll:${key}`);
      const stopScroll = stored || movedOn ? restoreScroll(Number(stored ?? 0)) : undefined;
      const stopFocus = movedOn ? restoreFocus(main, tabStorage?.getItem(`focus:${key}`)) : undefined;
      return () => {
        stopScroll?.();
        stopFocus?.();
      };
    }
    if (movedOn) window.scrollTo({ top: 0, behavior: 'instant' });
  }, [key, pathname, type, main]);

  // A layout effect, because its clean-up must read the place before the next page moves it.
  useLayoutEffect(() => {
    let top = window.scrollY;
    const readPosition = () => (top = window.scrollY);
    const savePosition = () => tabStorage?.setItem(`scroll:${key}`, String(Math.round(top)));
    // Read when a link is followed: as the page goes, so does its focus. Who is back before the next page is there never left this one.
    const savePlace = ({ target }: MouseEvent) => {
      const link = target instanceof Element ? target.closest('a[href]') : null;
      if (!link) return;
      // The event of the last scrolling may come only with the next frame.
      readPosition();
      savePosition();
      if (main.current?.contains(link))
        tabStorage?.setItem(`focus:${key}`, JSON.stringify(placeOf(main.current, link)));
    };
    document.addEventListener('click', savePlace, { capture: true });
    window.addEventListener('scroll', readPosition, { passive: true });
    window.addEventListener('pagehide', savePosition);
    return () => {
      savePosition();
      window.removeEventListener('scroll', readPosition);
      window.removeEventListener('pagehide', savePosition);
      document.removeEventListener('click', savePlace, { capture: true });
    };
  }, [key, main]);
}

/** Names a link of the page: its address, and which of those with the same one it is. */
function placeOf(main: HTMLElement, link: Element): [href: string, place: number] {
  const href = link.getAttribute('href') ?? '';
  return [href, linksTo(main, href).indexOf(link)];
}

const linksTo = (main: HTMLElement, href: string): Element[] =>
  [...main.querySelectorAll('a[href]')].filter((link) => link.getAttribute('href') === href);

/** Focuses the link that was followed as soon as it is there again, unless the visitor acts first; returns the way to stop. */
function restoreFocus(main: RefObject<HTMLElement | null>, stored: string | null | undefined): () => void {
  const [href, place] = JSON.parse(stored ?? '[null, 0]') as [string | null, number];
  if (href === null) return () => undefined;
  const tryFocus = () => {
    const links = main.current ? linksTo(main.current, href) : [];
    const link = links[place] ?? links[0];
    if (!(link instanceof HTMLElement)) return;
    link.focus({ preventScroll: true });
    stop();
  };
  const observer = new MutationObserver(tryFocus);
  const stop = untilVisitorActs(observer, ['pointerdown', 'keydown']);
  observer.observe(document.body, { childList: true, subtree: true });
  tryFocus();
  return stop;
}

/**
 * Scrolls to `top` as soon as the page is tall enough, and again where it was too short meanwhile, as when a part loads once more; unless
 * the visitor acts first. Returns the way to stop.
 */
function restoreScroll(top: number): () => void {
  let isThere = false;
  const tryScroll = () => {
    const isTall = document.documentElement.scrollHeight - window.innerHeight >= top - 1;
    if (!isThere || !isTall) window.scrollTo({ top, behavior: 'instant' });
    isThere = isTall;
  };
  const observer = new ResizeObserver(tryScroll);
  observer.observe(document.body);
  return untilVisitorActs(observer, VISITORS_ACTS);
}

/** Lets what watches the page go when the visitor acts, and after a while; returns the way to do so before. */
function untilVisitorActs(observer: MutationObserver | ResizeObserver, acts: readonly string[]): () => void {
  const stop = () => {
    observer.disconnect();
    window.clearTimeout(timer);
    for (const act of acts) window.removeEventListener(act, stop);
  };
  const timer = window.setTimeout(stop, GROWING_MS);
  for (const act of acts) window.addEventListener(act, stop, { passive: true });
  return stop;
}
