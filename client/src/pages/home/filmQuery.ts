import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import type { MovieItem } from '../../components/index.ts';
import { pageQuery, type PageQuery } from '../../routing/pageQuery.ts';

/** A film of a row, with what the viewer has done with it where somebody is signed in. */
export interface FilmItem extends MovieItem {
  movie: MovieItem['movie'] & { viewerRating?: number | null; isDismissed?: boolean | null };
}

/** A query for films, and the way to read them from its answer. */
export interface FilmQuery {
  query: PageQuery;
  /** Undefined where the answer has none, because that part of it failed. */
  films: (data: unknown) => readonly FilmItem[] | undefined;
}

/** States a query, its variables and what is read from its answer together. */
export function filmQuery<Data, Variables extends OperationVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: NoInfer<Variables>,
  films: (data: Data) => readonly FilmItem[] | null | undefined,
): FilmQuery {
  const [document, options] = pageQuery(query, variables);
  return {
    query: [document, options],
    films: (data) => films(data as Data) ?? undefined,
  };
}
