import { Trans } from '@lingui/react/macro';
import { lazy, Suspense, useState } from 'react';
import type { PageQuery } from '../../routing/pageQuery.ts';
import styles from './ShowQuery.module.css';

const QueryDialog = lazy(async () => ({ default: (await import('./QueryDialog.tsx')).QueryDialog }));

interface ShowQueryProps {
  /** The query and its variables, as `pageQuery` states them. */
  query: PageQuery;
  /** Names what it asks for, such as a row's heading: the dialog's title, read out with the button. */
  of: string;
  className?: string;
}

/** A button that shows the query behind a row or a page, to copy or to try in the playground. */
export function ShowQuery({ query, of, className }: ShowQueryProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={[styles.button, className].filter(Boolean).join(' ')}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Trans>
          Show the query<span className="visually-hidden"> behind {of}</span>
        </Trans>
      </button>
      <Suspense>{open && <QueryDialog query={query} of={of} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
