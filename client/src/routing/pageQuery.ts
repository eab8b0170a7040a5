import type { DocumentNode, OperationVariables, TypedDocumentNode } from '@apollo/client';
import type { Params } from 'react-router';

/** The parts of an address that a page reads. */
export interface PageAddress {
  params: Params;
  search: URLSearchParams;
}

/** A query and the variables that a page asks it with, as `useQuery` takes them. */
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
