import { GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';
import type { DataSizes } from './dataSizes.ts';
import { DOCUMENT_LIMITS } from './documentLimits.ts';
import { sizeOf } from './documentSize.ts';
import { priceOf, priceOfDocument, priceOnce, priceWith } from './prices.ts';

export interface PricedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | null | undefined;
  /** Of the right types, as sent. */
  variables: Readonly<Record<string, unknown>>;
  sizes: DataSizes;
}

/**
 * An estimate of what an operation costs, in units of `UNIT_MS`: an upper bound where loaders or errors save work.
 * @throws GraphQLError BAD_USER_INPUT for arguments that do not fit
 */
export function estimateCost({ schema, document, operationName, variables, sizes }: PricedOperation): number {
  const { selections, expandedSelections, values } = sizeOf(document);
  let once = 0;
  const estimator: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
    const price = priceOf(type.name, field.name);
    once += priceOnce(price, args, sizes);
    return priceWith(price, args, sizes, childComplexity);
  };
  try {
    const ofFields = getComplexity({
      schema,
      query: document,
      variables: { ...variables },
      operationName: operationName ?? undefined,
      estimators: [estimator],
      maxQueryNodes: DOCUMENT_LIMITS.expandedSelections.most * 2,
    });
    const characters = document.loc?.source.body.length ?? 0;
    const ofDocument = priceOfDocument({ characters, values, selections, expanded: expandedSelections });
    return Math.ceil(ofFields + once + ofDocument);
  } catch (error) {
    // GraphQL.js' own words about an argument; it says nothing of whose fault that is.
    if (error instanceof GraphQLError)
      throw new GraphQLError(error.message, {
        nodes: error.nodes,
        extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
      });
    throw error;
  }
}
