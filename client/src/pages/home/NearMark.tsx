import { useEffect, useEffectEvent, useRef } from 'react';

/** Beyond any page's length. */
const ALL_ABOVE = '1000000px';

/** Tells once its place comes within a screen of the viewport, or lies above it: a jump to the end passes places over. */
export function NearMark({ onNear }: { onNear: () => void }) {
  const place = useRef<HTMLSpanElement>(null);
  const tell = useEffectEvent(onNear);
  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) tell();
      },
      { rootMargin: `${ALL_ABOVE} 0px 100% 0px` },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return <span ref={place} aria-hidden="true" />;
}
