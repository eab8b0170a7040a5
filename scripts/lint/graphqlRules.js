import graphql from '@graphql-eslint/eslint-plugin';

const SCHEMA = 'schema/schema.graphql';
const DOCUMENTS = 'sdk/src/operations/*.graphql';

/**
 * Fields that a rule does not fit, by rule and `Type.field`, each with the reason.
 * @type {Record<string, Record<string, string>>}
 */
export const EXCEPTIONS = {
  'relay-arguments': {
    'Query.recommendForMany': 'the first page for each of many: whoever wants more of one asks for that one',
    'Subscription.recommendationsChanged': 'the first page, again and again',
    'Query.recommendForGroup': 'one page: nothing of the members is stored that a later page could continue',
  },
  'no-typename-prefix': {
    // Numbers and ids of the data set and of apps, beside the opaque `id` that is unique over all types.
    'Person.personId': 'the number by which addresses and TMDB name a person',
    'Movie.movieId': 'the number by which data sets, inputs and events name a movie',
    'User.userId': 'the number by which data sets and inputs name a user',
    'App.appId': 'the number by which inputs name an app',
    'DataImport.dataImportId': 'the number by which an import is named',
    'Webhook.webhookId': 'the number by which inputs name a webhook',
    'Rating.rating': 'the word that everybody uses for it',
  },
};

/** A rule that leaves out the fields that it does not fit. */
function except(name) {
  const rule = graphql.rules[name];
  const fields = EXCEPTIONS[name] ?? {};
  return {
    ...rule,
    create(context) {
      const report = (problem) => {
        if (!(fieldOf(problem.node) in fields)) context.report(problem);
      };
      return rule.create(Object.create(context, { report: { value: report } }));
    },
  };
}

/** The `Type.field` in which a node stands; empty outside of fields. */
function fieldOf(node) {
  for (let at = node; at; at = at.parent) {
    if (at.kind === 'FieldDefinition') return `${at.parent?.name?.value}.${at.name.value}`;
  }
  return '';
}

const plugins = {
  '@graphql-eslint': graphql,
  house: { rules: Object.fromEntries(Object.keys(EXCEPTIONS).map((name) => [name, except(name)])) },
};

/** @type {import('eslint').Linter.Config[]} The lint of the SDL and of the operations of `sdk`. */
export const lintOfGraphql = [
  {
    files: ['schema/schema.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: SCHEMA, documents: DOCUMENTS } },
    },
    plugins,
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      '@graphql-eslint/no-typename-prefix': 'off',
      'house/no-typename-prefix': 'error',
      // What has an identity of its own is a `Node`, and has an `id` by that. Payloads, pages and parts of others have none.
      '@graphql-eslint/strict-id-in-types': 'off',
      // Lists are read forwards: a cursor continues an order that need not be kept anywhere, and nobody reads a ranking from its end.
      '@graphql-eslint/relay-arguments': 'off',
      'house/relay-arguments': ['error', { includeBoth: false }],
      '@graphql-eslint/relay-edge-types': [
        'error',
        {
          withEdgeSuffix: true,
          // Short lists, bounded by `first` or by nature, are plain; and pages have `nodes` beside `edges`.
          listTypeCanWrapOnlyEdgeType: false,
          // Ratings and recommendations are found by their user alone.
          shouldImplementNode: false,
        },
      ],
    },
  },
  {
    files: [DOCUMENTS],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: SCHEMA, documents: DOCUMENTS } },
    },
    plugins,
    rules: {
      ...graphql.configs['flat/operations-recommended'].rules,
      // Answers are kept by numbers and external ids; nobody asks for a `node` again.
      '@graphql-eslint/require-selections': 'off',
    },
  },
];
