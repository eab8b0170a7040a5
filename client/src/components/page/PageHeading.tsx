import { useEffect, useRef, type ReactNode } from 'react';

interface PageHeadingProps {
  /** The document's title, without the portal's name; left out on the first page. */
  title?: string;
  /** The heading; the title unless given. */
  children?: ReactNode;
  className?: string;
}

/** A page's `h1` and document title; takes the focus over from `main` after a navigation, so that it is read out. */
export function PageHeading({ title, children = title, className }: PageHeadingProps) {
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
