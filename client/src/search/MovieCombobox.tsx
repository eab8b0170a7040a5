import { useQuery } from '@apollo/client/react';
import { useCombobox } from 'downshift';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { graphql } from '../gql/index.ts';
import type { SearchSuggestionsQuery } from '../gql/graphql.ts';
import { useAddressState } from '../routing/addressState.ts';
import { isTooLong, MAX_SEARCH_LENGTH } from '../routing/searchLength.ts';
import styles from './MovieCombobox.module.css';
import { useSettled } from './useSettled.ts';

/** A pause in typing that is worth a request. */
const PAUSE_MS = 160;

const SuggestionsQuery = graphql(/* GraphQL */ `
  query SearchSuggestions($query: String!) {
    searchMovies(query: $query, first: 8) {
      movieId
      title
      releaseYear
      genres {
        name
      }
    }
  }
`);

type Suggestion = NonNullable<SearchSuggestionsQuery['searchMovies']>[number];

export interface MovieComboboxProps {
  label: string;
  placeholder?: string;
  /** The text of the search that the page shows; the field takes it over when the page changes. */
  shownText?: string;
  /** The text that was typed before the combobox had loaded. */
  initialText?: string;
  /** Takes the focus over from the plain field that it replaces. */
  takeFocus?: boolean;
  onChoose: (movie: Suggestion) => void;
  /** Enter without a suggestion chosen. */
  onSubmit?: (text: string) => void;
  /** The text that was submitted last, until the page shows it; from the plain field too. */
  submitted?: string;
  /** The page shows what was submitted, or another page is there. */
  onShown: () => void;
  inputProps?: { name?: string; 'data-search'?: boolean; className?: string };
}

/** A search field that proposes films while typing: arrows choose, Enter takes, Escape closes. */
export function MovieCombobox(props: MovieComboboxProps) {
  const {
    label,
    placeholder,
    shownText,
    initialText = '',
    takeFocus,
    onChoose,
    onSubmit,
    submitted,
    onShown,
    inputProps,
  } = props;
  const { t } = useLingui();
  const [text, setText] = useState(initialText);
  const query = useSettled(text.trim(), PAUSE_MS);
  const { data, previousData, error, loading } = useQuery(SuggestionsQuery, {
    variables: { query },
    skip: query === '' || isTooLong(query),
    context: { isPassing: true },
  });
  const isTyping = query !== text.trim();
  // The former ones stay while the next are awaited, never beside an error.
  const answer = data ?? (loading ? previousData : undefined);
  const suggestions = (query === '' || text.trim() === '' ? undefined : answer?.searchMovies) ?? [];
  const inputId = useId();

  const goOn = useEffectEvent(() => {
    const input = document.getElementById(inputId);
    if (!takeFocus || !(input instanceof HTMLInputElement)) return;
    input.focus();
    input.setSelectionRange(initialText.length, initialText.length);
  });
  // Before the next key can arrive: it would be lost between the two fields. Once: later on the caret is the typist's.
  useLayoutEffect(() => goOn(), []);

  const combobox = useCombobox({
    inputId,
    items: suggestions,
    itemToString: (movie) => movie?.title ?? '',
    itemToKey: (movie) => movie?.movieId,
    initialInputValue: initialText,
    initialIsOpen: initialText !== '' && ![shownText, submitted].includes(initialText.trim()),
    onInputValueChange: ({ inputValue }) => setText(inputValue),
    onSelectedItemChange({ selectedItem }) {
      if (!selectedItem) return;
      // Taken, not kept: the field is empty again, and the same film can be chosen once more.
      combobox.selectItem(null);
      onChoose(selectedItem);
    },
  });
  const { setInputValue, setHighlightedIndex, highlightedIndex } = combobox;
  // The next answer may have the highlighted film elsewhere, or not at all: Enter takes no other one.
  const highlighted = useRef<number>(undefined);
  const noteHighlighted = useEffectEvent(() => {
    highlighted.current = suggestions[highlightedIndex]?.movieId;
  });
  const followHighlighted = useEffectEvent(() => {
    if (highlighted.current === undefined) return;
    setHighlightedIndex(suggestions.findIndex(({ movieId }) => movieId === highlighted.current));
  });
  useLayoutEffect(() => followHighlighted(), [answer]);
  useLayoutEffect(() => noteHighlighted(), [highlightedIndex]);
  const shownBefore = useRef(shownText);
  const { isNewest } = useAddressState();
  const takeOver = useEffectEvent(() => {
    shownBefore.current = shownText;
    // The page shows what was asked for here, where more may be typed by now.
    if (shownText !== submitted) setInputValue(shownText ?? '');
    onShown();
  });
  useEffect(() => {
    if (shownText !== shownBefore.current && isNewest()) takeOver();
  }, [shownText, isNewest]);
  const open = combobox.isOpen && query !== '' && text.trim() !== '';
  return (
    <div className={styles.combobox}>
      <label {...combobox.getLabelProps()} className="visually-hidden">
        {label}
      </label>
      <input
        {...combobox.getInputProps({
          onKeyDown(event) {
            if (event.key !== 'Enter' || highlightedIndex >= 0) return;
            event.preventDefault();
            // The field itself: the state is told of the last key only after this event.
            const typed = event.currentTarget.value.trim();
            if (typed === '') return;
            combobox.closeMenu();
            onSubmit?.(typed);
          },
        })}
        {...inputProps}
        className={styles.input}
        type="search"
        placeholder={placeholder}
        maxLength={MAX_SEARCH_LENGTH}
        autoComplete="off"
        enterKeyHint="search"
      />
      <ul {...combobox.getMenuProps()} className={styles.menu} hidden={!open}>
        {open &&
          suggestions.map((movie, index) => (
            <li
              key={movie.movieId}
              {...combobox.getItemProps({ item: movie, index })}
              className={styles.item}
              data-highlighted={highlightedIndex === index || undefined}
            >
              <span className={styles.title}>{movie.title}</span>
              <span className={styles.year}>{movie.releaseYear}</span>
            </li>
          ))}
      </ul>
      {open && suggestions.length === 0 && !loading && !isTyping && (
        <p className={styles.nothing} role="status">
          {isTooLong(query) ? (
            t`Your search is too long`
          ) : error ? (
            t`Search is unavailable right now.`
          ) : (
            <Trans>No films found for “{query}”.</Trans>
          )}
        </p>
      )}
    </div>
  );
}
