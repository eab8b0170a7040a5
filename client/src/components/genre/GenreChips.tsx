import type { ResultOf } from '@graphql-typed-document-node/core';
import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { graphql } from '../../gql/index.ts';
import { useGenreWords } from '../../texts/useGenreWords.ts';
import styles from './GenreChips.module.css';
import { genrePath } from '../../routing/paths.ts';

export const GenreChipFragment = graphql(/* GraphQL */ `
  fragment GenreChip on Genre {
    name
  }
`);

type GenreName = ResultOf<typeof GenreChipFragment>;

interface GenreChipsProps {
  genres: readonly GenreName[];
  /** The genre whose page is open. */
  current?: string;
  /** Names the list for screen readers. */
  label?: string;
  /** In one row that scrolls sideways, which is as high while the genres are still unknown. */
  inRow?: boolean;
}

/** Links genres to their pages. */
export function GenreChips({ genres, current, label, inRow = false }: GenreChipsProps) {
  const { t } = useLingui();
  const { genreName, byGenreName } = useGenreWords();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const chip = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (inRow && list.current && chip)
      list.current.scrollLeft = chip.offsetLeft - (list.current.clientWidth - chip.offsetWidth) / 2;
  }, [inRow, current, genres.length]);
  return (
    <ul ref={list} className={`${styles.chips} ${inRow ? styles.row : ''}`} aria-label={label ?? t`Genres`}>
      {byGenreName(genres.map(({ name }) => name)).map((name) => (
        <li key={name}>
          <Link
            className={styles.chip}
            to={genrePath(name)}
            aria-current={name === current ? 'page' : undefined}
          >
            {genreName(name)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
