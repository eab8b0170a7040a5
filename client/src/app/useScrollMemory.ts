import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

/** The time that a page has to grow to its former height before restoring its position is given up. */
const GROWING_MS = 5000;

/**
 * Restores the scroll position on back and reload; a new page starts at its top, with the focus on its content.
 *
 * Rows savePosition their own scroll positions. A change of the search part alone scrolls nothing.
 */
export function useScrollMemory(main: RefObject<HTMLElement | null>): void {
  const { key, pathname } = useLocation();
  const type = useNavigationType();
  const lastPathname = useRef(pathname);

  useEffect(() => {
    history.scrollRestoration = 'manual';
  }, []);

  useLayoutEffect(() => {
    const movedOn = lastPathname.current !== pathname;
    lastPathname.current = pathname;
    if (movedOn) main.current?.focus({ preventScroll: true });
    if (type === NavigationType.Pop)
      return restoreScroll(Number(sessionStorage.getItem(`scroll:${key}`) ?? 0));
    if (movedOn) window.scrollTo({ top: 0, behavior: 'instant' });
  }, [key, pathname, type, main]);

  // A layout effect, because its clean-up must read the place before the next page moves it.
  useLayoutEffect(() => {
    let top = window.scrollY;
    const readPosition = () => (top = window.scrollY);
    const savePosition = () => sessionStorage.setItem(`scroll:${key}`, String(Math.round(top)));
    window.addEventListener('scroll', readPosition, { passive: true });
    window.addEventListener('pagehide', savePosition);
    return () => {
      savePosition();
      window.removeEventListener('scroll', readPosition);
      window.removeEventListener('pagehide', savePosition);
    };
  }, [key]);
}

/** Scrolls to `top` as soon as the page is tall enough, unless the visitor scrolls first; returns the way to stop. */
function restoreScroll(top: number): () => void {
  const stop = () => {
    observer.disconnect();
    window.clearTimeout(timer);
    for (const event of ['wheel', 'touchmove', 'keydown']) window.removeEventListener(event, stop);
  };
  const tryScroll = () => {
    window.scrollTo({ top, behavior: 'instant' });
    if (Math.abs(window.scrollY - top) <= 1) stop();
  };
  const observer = new ResizeObserver(tryScroll);
  const timer = window.setTimeout(stop, GROWING_MS);
  for (const event of ['wheel', 'touchmove', 'keydown'])
    window.addEventListener(event, stop, { passive: true });
  observer.observe(document.body);
  return stop;
}
