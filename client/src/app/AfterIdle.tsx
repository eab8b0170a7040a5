import { Suspense, useEffect, useState, type ReactNode } from 'react';

/** Renders its children once the browser has nothing more urgent to do: never on a server, nor before the first picture. */
export function AfterIdle({ children }: { children: ReactNode }) {
  const [isIdle, setIsIdle] = useState(false);
  useEffect(() => {
    const show = () => setIsIdle(true);
    if (typeof requestIdleCallback === 'undefined') {
      const timer = window.setTimeout(show, 200);
      return () => window.clearTimeout(timer);
    }
    const request = requestIdleCallback(show, { timeout: 1_500 });
    return () => cancelIdleCallback(request);
  }, []);
  return isIdle && <Suspense>{children}</Suspense>;
}
