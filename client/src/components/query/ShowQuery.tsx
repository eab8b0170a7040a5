import { Trans, useLingui } from '@lingui/react/macro';
import type { PageQuery } from '../../routing/pageQuery.ts';
import { useAsked } from '../../state/useAsked.ts';
import { showToast } from '../toast/toasts.ts';
import styles from './ShowQuery.module.css';

const loadDialog = async () => (await import('./QueryDialog.tsx')).QueryDialog;

interface ShowQueryProps {
  /** The query and its variables, as `pageQuery` states them. */
  query: PageQuery;
  /** Names what it asks for, such as a row's heading: the dialog's title, read out with the button. */
  of: string;
  className?: string;
}

/** A button that shows the query behind a row or a page, to copy or to try in the playground. */
export function ShowQuery({ query, of, className }: ShowQueryProps) {
  const { t } = useLingui();
  const [QueryDialog, open, close] = useAsked(loadDialog, () =>
    showToast({ text: t`The query could not be loaded. Try again in a moment.`, isProblem: true }),
  );
  return (
    <>
      <button
        type="button"
        className={[styles.button, className].filter(Boolean).join(' ')}
        aria-haspopup="dialog"
        onClick={open}
      >
        <Trans>
          Show the query<span className="visually-hidden"> behind {of}</span>
        </Trans>
      </button>
      {QueryDialog && <QueryDialog query={query} of={of} onClose={close} />}
    </>
  );
}
