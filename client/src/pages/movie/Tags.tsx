import type { ResultOf } from '@graphql-typed-document-node/core';
import { Plural, useLingui } from '@lingui/react/macro';
import { Link } from 'react-router';
import { graphql } from '../../gql/index.ts';
import { tagPath } from '../../routing/paths.ts';
import styles from './Movie.module.css';
import pages from '../layout/pages.module.css';

export const MovieTagLinkFragment = graphql(/* GraphQL */ `
  fragment MovieTagLink on MovieTag {
    tag
    count
  }
`);

/** Lists the words that people call a film by; each leads to the films called so. Nothing without any. */
export function Tags({ tags }: { tags: readonly ResultOf<typeof MovieTagLinkFragment>[] }) {
  const { t } = useLingui();
  if (tags.length === 0) return null;
  return (
    <section className={pages.section} aria-labelledby="tags">
      <h2 id="tags">{t`What people call it`}</h2>
      <ul className={styles.tags} aria-label={t`What people call it`}>
        {tags.map(({ tag, count }) => (
          <li key={tag}>
            <Link to={tagPath(tag)}>
              {tag}
              {count > 1 && (
                <span className={styles.count}>
                  <span aria-hidden="true">×{count}</span>
                  <span className="visually-hidden">
                    <Plural value={count} one=", said once" other=", said # times" />
                  </span>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
