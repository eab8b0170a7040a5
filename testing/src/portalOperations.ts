import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Kind,
  parse,
  print,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
} from 'graphql';

/** An operation that the portal sends, with the largest variables that it sends with it. */
export interface PortalOperation {
  name: string;
  /** With its fragments. */
  query: string;
  variables: Record<string, unknown>;
}

const PORTAL = fileURLToPath(new URL('../../client/src', import.meta.url));

/** Text between the backticks of the portal's `graphql` calls. */
const DOCUMENTS = /graphql\(\s*\/\* GraphQL \*\/ `([^`]*)`/g;

/** The portal's largest page, and as much of everything else as a person comes to send. */
export function largestVariables({ movieIds, genre }: { movieIds: readonly number[]; genre: string }) {
  return {
    first: 100,
    perDecade: 16,
    query: 'the lord of the rings the return of the king',
    genre,
    movieId: movieIds[0] ?? 1,
    movieIds: movieIds.slice(0, 100),
    userId: 1,
    personId: 31,
    tag: 'atmospheric',
    country: 'DE',
    skip: 10_000,
    shownAbove: movieIds.slice(0, 40),
    ratings: movieIds.slice(0, 100).map((movieId) => ({ movieId, rating: 5 })),
    filter: { genres: [genre], yearFrom: 1950, yearTo: 2020, minRatingCount: 1, minAverageRating: 1 },
    RatingFilter: {
      genres: [genre],
      yearFrom: 1950,
      yearTo: 2020,
      minRating: 0.5,
      maxRating: 5,
      text: 'the',
    },
    members: Array.from({ length: 2 }, (_, place) => ({ userId: place + 1 })),
    one: 1,
    other: 2,
    tokens: Array.from({ length: 4 }, (_, place) => `${place}`.repeat(43)),
    strategy: 'LEAST_MISERY',
    diversity: 1,
    // By type where a name means more than one thing.
    MovieOrder: 'WEIGHTED_RATING_DESC',
    MovieSearchOrder: 'TITLE_ASC',
    UserOrder: 'RATING_COUNT_DESC',
    RatingOrder: 'RATED_AT_DESC',
    SignInInput: { email: 'portal@example.org', password: 'a long enough password' },
    SignUpInput: { name: 'portal', email: 'portal@example.org', password: 'a long enough password' },
    RateMovieInput: { movieId: movieIds[0] ?? 1, rating: 4 },
    ExportFormat: 'JSON',
    UnrateMovieInput: { movieId: movieIds[0] ?? 1 },
    UpdateAccountInput: { name: 'portal', sharesRatings: true },
    ChangePasswordInput: { currentPassword: 'a long enough password', newPassword: 'another long password' },
    ResetPasswordInput: { token: 'x'.repeat(43), newPassword: 'another long password' },
    films: Array.from({ length: 200 }, (_, place) => ({
      title: `A film of a long title, ${place}`,
      year: 1990,
      imdbId: 'tt0114709',
      tmdbId: 862,
    })),
    ownRatings: movieIds
      .slice(0, 200)
      .map((movieId) => ({ movieId, rating: 4, ratedAt: '2024-03-01T00:00:00Z' })),
    importId: 'an-import-of-the-portal',
    email: 'portal@example.org',
    password: 'a long enough password',
    token: 'x'.repeat(43),
    linkId: 'x'.repeat(22),
    sharesRatings: true,
    role: 'ADMIN',
    kind: 'RATINGS',
    includePrivate: false,
    CreateAppInput: { name: 'an app', sharesUsers: false },
    appId: 'a'.repeat(12),
    CreateApiKeyInput: { appId: 'a'.repeat(12), name: 'a key', scopes: ['READ', 'RECOMMEND'] },
    keyId: 'k'.repeat(12),
    overlapSeconds: 3_600,
    version: '1',
    CreateWebhookInput: { url: 'https://hooks.example.org/pocketrocket', events: ['MODEL_PUBLISHED'] },
    webhookId: 'w'.repeat(12),
  } satisfies Record<string, unknown>;
}

/** Every operation in the portal's sources, each with the variables that it declares among the given ones, by type or name. */
export function portalOperations(variables: Readonly<Record<string, unknown>>): PortalOperation[] {
  const definitions = sourcesIn(PORTAL).flatMap((source) =>
    [...source.matchAll(DOCUMENTS)].flatMap(([, text = '']) => [...parse(text).definitions]),
  );
  const fragments = new Map(
    definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  return definitions.flatMap((operation) => {
    if (operation.kind !== Kind.OPERATION_DEFINITION) return [];
    const given = (operation.variableDefinitions ?? []).flatMap(({ variable, type }) => {
      const value = variables[print(type).replace('!', '')] ?? variables[variable.name.value];
      return value === undefined ? [] : [[variable.name.value, value] as const];
    });
    return [
      {
        name: operation.name?.value ?? '',
        query: print({ kind: Kind.DOCUMENT, definitions: [operation, ...spreadIn(operation, fragments)] }),
        variables: Object.fromEntries(given),
      },
    ];
  });
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?<!\.test)\.tsx?$/.test(path) && !path.startsWith('gql'))
    .sort()
    .map((path) => readFileSync(join(folder, path), 'utf8'));
}

/** The fragments that a definition needs, and those that these need. */
function spreadIn(
  definition: DefinitionNode | DocumentNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  found = new Set<FragmentDefinitionNode>(),
): FragmentDefinitionNode[] {
  visit(definition, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (!fragment || found.has(fragment)) return;
      found.add(fragment);
      spreadIn(fragment, fragments, found);
    },
  });
  return [...found];
}
