import { Plural } from '@lingui/react/macro';
import pageStyles from '../layout/pages.module.css';
import type { FilmPages } from './useFilmPages.ts';

/** Tells how many films a list has, also to those who hear the page. */
export function FilmCount({ pages: { total, isFormer } }: { pages: FilmPages }) {
  return (
    <p className={pageStyles.lead} role="status">
      {total === null || isFormer ? '\u00a0' : <Plural value={total} one="# film" other="# films" />}
    </p>
  );
}
