import type { ResultOf } from '@graphql-typed-document-node/core';
import { Link } from 'react-router';
import { graphql } from '../../gql/index.ts';
import styles from './GenreChips.module.css';
import { genrePath } from '../../routing/paths.ts';

export const GenreChipFragment = graphql(/* GraphQL */ `
  fragment GenreChip on Genre {
    name
  }
`);

export type GenreName = ResultOf<typeof GenreChipFragment>;

export interface GenreChipsProps {
  genres: readonly GenreName[];
  /** The genre whose collection is open. */
  current?: string;
  /** Names the list for screen readers. */
  label?: string;
}

/** Genres as links to their collections. */
export function GenreChips({ genres, current, label = 'Genres' }: GenreChipsProps) {
  return (
    <ul className={styles.chips} aria-label={label}>
      {genres.map(({ name }) => (
        <li key={name}>
          <Link
            className={styles.chip}
            to={genrePath(name)}
            aria-current={name === current ? 'page' : undefined}
          >
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
