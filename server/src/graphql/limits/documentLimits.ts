import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  visit,
  type ASTVisitor,
  type DocumentNode,
  type ValidationContext,
} from 'graphql';
import { sizeOf, type DocumentSize } from './documentSize.ts';

/** Tokens of a document: an inline taste of five hundred ratings has about four thousand. */
export const MAX_TOKENS = 5_000;

/** Variables that a document may declare, and a request may send. */
export const MAX_VARIABLES = 100;

/** Errors that validation lists before it gives up. */
export const MAX_VALIDATION_ERRORS = 20;

interface Limit {
  most: number;
  /** Says what is allowed and what the document has. */
  problem: (most: number, has: number) => string;
}

/** Limits of a document; the portal's largest has a tenth, and eight levels. */
export const DOCUMENT_LIMITS = {
  depth: {
    most: 15,
    problem: (most) => `Fields may be nested ${most} levels deep; this query goes deeper.`,
  },
  selections: {
    most: 1_000,
    problem: (most, has) => `A document may select ${most} fields; this one selects ${has}.`,
  },
  expandedSelections: {
    most: 10_000,
    problem: (most) =>
      `An operation may select ${most} fields with those of its fragments; this one selects more.`,
  },
  fragments: {
    most: 50,
    problem: (most, has) => `A document may define ${most} fragments; this one defines ${has}.`,
  },
  operations: {
    most: 20,
    problem: (most, has) => `A document may hold ${most} operations; this one holds ${has}.`,
  },
  variables: {
    most: MAX_VARIABLES,
    problem: (most, has) => `A document may declare ${most} variables; this one declares ${has}.`,
  },
  values: {
    most: 2_000,
    problem: (most, has) =>
      `A document may hold ${most} values; this one holds ${has}: send long lists as variables.`,
  },
  repetitions: {
    most: 10,
    problem: (most, has) =>
      `A selection may repeat a name or a fragment ${most} times; this one does so ${has} times: ask once, or by aliases.`,
  },
  inlineDepth: {
    most: 15,
    problem: (most) => `Inline fragments may be nested ${most} levels deep; these go deeper.`,
  },
  lines: {
    most: 4_000,
    problem: (most, has) => `A document may have ${most} lines; this one has ${has}.`,
  },
  comparisons: {
    most: 10_000,
    problem: (most, has) =>
      `The number of fragments times the fields in them may be ${most}; here it is ${has}: use fewer fragments.`,
  },
  nameLength: {
    most: 100,
    problem: (most, has) => `Names and aliases may have ${most} characters; one here has ${has}.`,
  },
} as const satisfies Record<keyof DocumentSize, Limit>;

/** A variable of this name would be lost: GraphQL.js keeps variables in plain objects. */
const LOST_NAME = '__proto__';

/**
 * Validation rule: refuses documents that would take long to validate, compile or execute. It comes first: where it refuses, the
 * other rules see an empty document.
 */
export function documentLimits(context: ValidationContext): ASTVisitor {
  return {
    Document: {
      enter(document) {
        const problem = problemOf(document);
        if (problem === null) return undefined;
        context.reportError(new GraphQLError(problem));
        const empty: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
        return empty;
      },
    },
  };
}

/** Validation rule: refuses operations of a kind that the schema lacks, which execution would call a mistake of the server. */
export function knownOperationTypes(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (!context.getSchema().getRootType(node.operation))
        context.reportError(new GraphQLError(`This API has no ${node.operation}s.`, { nodes: node }));
    },
  };
}

/** Validation rule of requests that get one answer: refuses subscriptions, and says how they come. */
export function withoutSubscriptions(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (node.operation !== OperationTypeNode.SUBSCRIPTION) return;
      context.reportError(
        new GraphQLError(
          'Subscriptions come by WebSocket (graphql-transport-ws), or by POST with accept: text/event-stream.',
          { nodes: node },
        ),
      );
    },
  };
}

/** Validation rule of live connections: refuses everything else. */
export function subscriptionsAlone(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (node.operation !== OperationTypeNode.SUBSCRIPTION)
        context.reportError(
          new GraphQLError('Only subscriptions come this way: send queries and mutations by POST.', {
            nodes: node,
          }),
        );
    },
  };
}

function problemOf(document: DocumentNode): string | null {
  const size = sizeOf(document);
  for (const key of Object.keys(DOCUMENT_LIMITS) as (keyof DocumentSize)[]) {
    const { most, problem }: Limit = DOCUMENT_LIMITS[key];
    if (size[key] > most) return problem(most, size[key]);
  }
  return hasLostVariable(document) ? `A variable cannot be named ${LOST_NAME}.` : null;
}

function hasLostVariable(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    VariableDefinition: ({ variable }) => void (found ||= variable.name.value === LOST_NAME),
  });
  return found;
}
