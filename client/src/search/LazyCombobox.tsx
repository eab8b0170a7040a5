import { useRef, useState, type ComponentType } from 'react';
import { MAX_SEARCH_LENGTH } from '../routing/searchLength.ts';
import styles from './MovieCombobox.module.css';
import type { MovieComboboxProps } from './MovieCombobox.tsx';

const importCombobox = () => import('./MovieCombobox.tsx');

/**
 * A plain search field until someone uses it: the combobox is loaded on focus and goes on where typing stands.
 *
 * Not through Suspense, whose fallback would be a second field without the first one's focus and text.
 */
export function LazyCombobox(
  props: Omit<MovieComboboxProps, 'initialText' | 'takeFocus' | 'submitted' | 'onShown'>,
) {
  const [Combobox, setCombobox] = useState<ComponentType<MovieComboboxProps>>();
  const [typed, setTyped] = useState<string>();
  const [focused, setFocused] = useState(false);
  const asked = useRef(false);
  const [submitted, setSubmitted] = useState<string>();

  async function loadCombobox() {
    if (asked.current) return;
    asked.current = true;
    try {
      const { MovieCombobox } = await importCombobox();
      setCombobox(() => MovieCombobox);
    } catch {
      // Without the combobox the plain field still leads to the results page; the next focus tries again.
      asked.current = false;
    }
  }

  function submit(submittedText: string) {
    setSubmitted(submittedText);
    props.onSubmit?.(submittedText);
  }

  const text = typed ?? props.shownText ?? '';
  if (Combobox)
    return (
      <Combobox
        {...props}
        initialText={text}
        takeFocus={focused}
        submitted={submitted}
        onShown={() => setSubmitted(undefined)}
        onSubmit={submit}
      />
    );
  return (
    <div className={styles.combobox}>
      <input
        {...props.inputProps}
        className={styles.input}
        type="search"
        aria-label={props.label}
        placeholder={props.placeholder}
        maxLength={MAX_SEARCH_LENGTH}
        autoComplete="off"
        enterKeyHint="search"
        value={text}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={() => {
          setFocused(true);
          void loadCombobox();
        }}
        onBlur={() => setFocused(false)}
        onPointerEnter={() => void loadCombobox()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && text.trim() !== '') submit(text.trim());
        }}
      />
    </div>
  );
}
