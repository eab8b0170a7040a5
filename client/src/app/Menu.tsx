import { Trans } from '@lingui/react/macro';
import { Menu as MenuIcon } from 'lucide-react';
import { Suspense, useId, useRef, useState } from 'react';
import { lazyExtra } from './lazyExtra.ts';
import styles from './Menu.module.css';

const loadContent = () => import('./MenuContent.tsx');
const MenuContent = lazyExtra(loadContent);

/** Opens what the header has no room for: pages on a phone, the visitor's own places, colours, language. */
export function Menu({ onShowKeys }: { onShowKeys: () => void }) {
  const id = useId();
  const [isUsed, setUsed] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  // Without it the menu is empty, until the next page is loaded.
  const preload = () => void loadContent().catch(() => undefined);
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
        onBeforeToggle={({ newState }) => newState === 'open' && setUsed(true)}
        // Wherever a link leads, the menu has done its work.
        onClick={({ target }) => target instanceof Element && target.closest('a') && close()}
      >
        <Suspense
          fallback={
            <p role="status">
              <Trans>Loading…</Trans>
            </p>
          }
        >
          {isUsed && (
            <MenuContent
              onShowKeys={() => {
                close();
                onShowKeys();
              }}
              onSignedOut={() => {
                close();
                button.current?.focus();
              }}
            />
          )}
        </Suspense>
      </div>
    </>
  );
}
