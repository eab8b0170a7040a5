import { useEffect, useState, type RefObject } from 'react';

type Listener = (near: boolean) => void;

const listeners = new WeakMap<Element, Listener>();
let shared: IntersectionObserver | undefined;

/** One observer serves all posters of a page. */
function observer(): IntersectionObserver {
  shared ??= new IntersectionObserver(
    (entries) => entries.forEach(({ target, isIntersecting }) => listeners.get(target)?.(isIntersecting)),
    { rootMargin: '600px' },
  );
  return shared;
}

/** True while the element is within 600 px of the viewport; `eager` elements always are, on the server as well. */
export function useNearViewport(element: RefObject<Element | null>, eager: boolean): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (eager || !target) return;
    listeners.set(target, setNear);
    observer().observe(target);
    return () => {
      observer().unobserve(target);
      listeners.delete(target);
    };
  }, [element, eager]);
  return eager || near;
}
