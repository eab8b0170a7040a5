import { useQuery } from '@apollo/client/react';
import { useCombobox } from 'downshift';
import { useDeferredValue, useId, useLayoutEffect, useState } from 'react';
import { graphql } from '../gql/index.ts';
import type { SearchSuggestionsQuery } from '../gql/graphql.ts';
import styles from './MovieCombobox.module.css';

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
  /** The text that was typed before the combobox had loaded. */
  initialText?: string;
  /** Takes the focus over from the plain field that it replaces. */
  takeFocus?: boolean;
  onChoose: (movie: Suggestion) => void;
  /** Enter without a suggestion chosen. */
  onSubmit?: (text: string) => void;
  inputProps?: { name?: string; 'data-search'?: boolean; className?: string };
}

/** A search field that proposes films while typing: arrows choose, Enter takes, Escape closes. */
export function MovieCombobox(props: MovieComboboxProps) {
  const { label, placeholder, initialText = '', takeFocus, onChoose, onSubmit, inputProps } = props;
  const [text, setText] = useState(initialText);
  const query = useDeferredValue(text.trim());
  const { data, previousData, error, loading } = useQuery(SuggestionsQuery, {
    variables: { query },
    skip: query === '',
  });
  const suggestions = (query === '' ? undefined : (data ?? previousData)?.searchMovies) ?? [];
  const inputId = useId();

  // Before the next key can arrive: it would be lost between the two fields.
  useLayoutEffect(() => {
    const input = document.getElementById(inputId);
    if (!takeFocus || !(input instanceof HTMLInputElement)) return;
    input.focus();
    input.setSelectionRange(initialText.length, initialText.length);
  }, [inputId, takeFocus, initialText]);

  const combobox = useCombobox({
    inputId,
    items: suggestions,
    itemToString: (movie) => movie?.title ?? '',
    itemToKey: (movie) => movie?.movieId,
    initialInputValue: initialText,
    initialIsOpen: initialText !== '',
    onInputValueChange: ({ inputValue }) => setText(inputValue),
    onSelectedItemChange({ selectedItem }) {
      if (!selectedItem) return;
      // Taken, not kept: the field is empty again, and the same film can be chosen once more.
      combobox.selectItem(null);
      onChoose(selectedItem);
    },
  });
  const open = combobox.isOpen && query !== '';
  return (
    <div className={styles.combobox}>
      <label {...combobox.getLabelProps()} className="visually-hidden">
        {label}
      </label>
      <input
        {...combobox.getInputProps({
          onKeyDown(event) {
            if (event.key !== 'Enter' || combobox.highlightedIndex >= 0) return;
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
              data-highlighted={combobox.highlightedIndex === index || undefined}
            >
              <span className={styles.title}>{movie.title}</span>
              <span className={styles.year}>{movie.releaseYear}</span>
            </li>
          ))}
      </ul>
      {open && suggestions.length === 0 && !loading && (
        <p className={styles.nothing} role="status">
          {error ? 'Search is unavailable right now.' : `No films found for “${query}”.`}
        </p>
      )}
    </div>
  );
}
