import type { ResultOf } from '@graphql-typed-document-node/core';
import { useLingui } from '@lingui/react/macro';
import { Link } from 'react-router';
import { graphql } from '../../gql/index.ts';
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
}

/** Links genres to their pages. */
export function GenreChips({ genres, current, label }: GenreChipsProps) {
  const { t } = useLingui();
  return (
    <ul className={styles.chips} aria-label={label ?? t`Genres`}>
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
