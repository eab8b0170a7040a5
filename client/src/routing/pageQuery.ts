import type { DocumentNode, OperationVariables, TypedDocumentNode } from '@apollo/client';
import type { I18n } from '@lingui/core';
import type { Params } from 'react-router';

/** The parts of an address that a page reads. */
export interface PageAddress {
  params: Params;
  search: URLSearchParams;
}

/** A page's query and its variables, as `useQuery` takes them. */
export type PageQuery<
  Document extends DocumentNode = DocumentNode,
  Variables extends OperationVariables = OperationVariables,
> = readonly [query: Document, options: { variables: Variables }];

/**
 * States a query and its variables once, for the page (`useQuery(...movieQuery(318))`) and for its preloading.
 */
export const pageQuery = <Data, Variables extends OperationVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: NoInfer<Variables>,
): PageQuery<TypedDocumentNode<Data, Variables>, Variables> => [query, { variables }];

/** The head of a page's document says this, besides the title that its heading gives it. */
export interface PageHead {
  /** A sentence for those who get a link to the page; the portal's own unless given. */
  description?: string;
  /** The kind of thing that it shows, in Open Graph's words. */
  type?: 'video.movie' | 'profile';
  /** False where there is nothing at the address: the page is answered with 404. */
  exists?: boolean;
  /** False where search engines shall leave it out. */
  indexed?: boolean;
}

/** The head of a page that is about people, or one person's own: nothing for search engines. */
export const privateHead = (): PageHead => ({ indexed: false });

/** The facts that a page's head is made of. */
export interface HeadContext extends PageAddress {
  /** Reads the answer to one of the page's `queries`; null where none came. */
  read: <Data, Variables extends OperationVariables>(
    query: PageQuery<TypedDocumentNode<Data, Variables>, Variables>,
  ) => Data | null;
  i18n: I18n;
}
