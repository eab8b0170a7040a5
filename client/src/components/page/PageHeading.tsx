import { useEffect, useRef, type ReactNode } from 'react';

export interface PageHeadingProps {
  children: ReactNode;
  /** The document's title, without the portal's name; left out on the first page. */
  title?: string;
  className?: string;
}

/** A page's `h1` and document title; takes the focus over from `main` after a navigation, so that it is read out. */
export function PageHeading({ children, title, className }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement?.id === 'main') heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <title>{title ? `${title} · PocketRocket` : 'PocketRocket'}</title>
      <h1 ref={heading} tabIndex={-1} className={className}>
        {children}
      </h1>
    </>
  );
}
