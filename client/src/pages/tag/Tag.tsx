import { useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useParams } from 'react-router';
import {
  EmptyState,
  GridSkeleton,
  ListSection,
  MovieGrid,
  PageHeading,
  useAnswer,
  usePagedList,
} from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery, type HeadContext, type PageAddress, type PageHead } from '../../routing/pageQuery.ts';
import pages from '../layout/pages.module.css';

const TagQuery = graphql(/* GraphQL */ `
  query TagPage($tag: String!, $first: Int!, $after: String) {
    moviesByTag(tag: $tag, first: $first, after: $after) {
      totalCount
      edges {
        cursor
        node {
          ...MovieCard
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const PAGE_SIZE = 24;

const tagQuery = (tag: string) => pageQuery(TagQuery, { tag, first: PAGE_SIZE });

export const queries = ({ params }: PageAddress) => [tagQuery(params['tag'] ?? '')];

export function head({ params, read }: HeadContext): PageHead {
  const films = read(tagQuery(params['tag'] ?? ''))?.moviesByTag;
  return { exists: films ? films.totalCount > 0 : true };
}

/** Lists the films that people have given a tag, those given it most often first. */
export default function Tag() {
  const { tag = '' } = useParams();
  return <TaggedFilms key={tag} tag={tag} />;
}

function TaggedFilms({ tag }: { tag: string }) {
  const { t } = useLingui();
  const answer = useAnswer(useQuery(...tagQuery(tag)));
  const films = answer.data?.moviesByTag;
  const list = usePagedList({ result: answer, connection: films, pageSize: PAGE_SIZE });
  return (
    <div className={pages.page}>
      <header>
        <PageHeading title={tag} />
        <p className={pages.lead} role="status">
          {films ? (
            <Plural
              value={films.totalCount}
              one="# film that people call so"
              other="# films that people call so"
            />
          ) : (
            ' '
          )}
        </p>
      </header>
      <ListSection
        list={list}
        total={films?.totalCount}
        skeleton={<GridSkeleton count={PAGE_SIZE} />}
        empty={
          <EmptyState title={t`Nobody has called a film so.`}>
            <Trans>The tags of a film stand on its page.</Trans>
          </EmptyState>
        }
        errorTitle={t`The films did not load`}
      >
        {(edges) => (
          <MovieGrid items={edges.map(({ node }) => ({ movie: node }))} label={t`Films`} eagerCount={6} />
        )}
      </ListSection>
    </div>
  );
}
