import { Trans } from '@lingui/react/macro';
import { Menu as MenuIcon } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useAsked } from '../state/useAsked.ts';
import styles from './Menu.module.css';

const loadContent = async () => (await import('./MenuContent.tsx')).default;

/** Opens what the header has no room for: pages on a phone, the visitor's own places, colours, language. */
export function Menu({ onShowKeys }: { onShowKeys: () => void }) {
  const id = useId();
  const [isMissing, setMissing] = useState(false);
  const [Content, askForContent] = useAsked(loadContent, () => setMissing(true));
  const panel = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const preload = () => void loadContent().catch(() => undefined);
  const show = () => {
    setMissing(false);
    askForContent();
  };
  const close = () => panel.current?.hidePopover();
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.button}
        popoverTarget={id}
        onPointerEnter={preload}
        onFocus={preload}
      >
        <MenuIcon aria-hidden="true" size={22} />
        <span className="visually-hidden">
          <Trans>Menu</Trans>
        </span>
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className={styles.panel}
        onBeforeToggle={({ newState }) => newState === 'open' && !Content && show()}
        // Wherever a link leads, the menu has done its work.
        onClick={({ target }) => target instanceof Element && target.closest('a') && close()}
      >
        {Content ? (
          <Content
            onShowKeys={() => {
              close();
              onShowKeys();
            }}
            onSignedOut={() => {
              close();
              button.current?.focus();
            }}
          />
        ) : (
          <p role="status">
            {isMissing ? (
              <Trans>The menu could not be loaded. Close it, and try again in a moment.</Trans>
            ) : (
              <Trans>Loading…</Trans>
            )}
          </p>
        )}
      </div>
    </>
  );
}
