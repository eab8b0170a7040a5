import { MAX_FIRST } from '../../arguments/checks.ts';
import type { DataSizes } from './dataSizes.ts';

/** Milliseconds of this server's CPU that one unit of cost stands for. */
export const UNIT_MS = 0.05;

/** Arguments as a resolver gets them; what is out of range has not been refused yet. */
export type Arguments = Readonly<Record<string, unknown>>;

type Amount = number | ((args: Arguments, sizes: DataSizes) => number);

/** The price of a field in units: `own + entries × (each + the price of what is selected of an entry)`. */
export interface Price {
  /** Whatever is selected. */
  own: Amount;
  /** Of each entry, besides what is selected of it. */
  each?: Amount;
  /** Usual number of entries of a list; `first` where it takes that, else 1. */
  entries?: Amount;
}

/** A field without a resolver: a property is read and written. */
const PROPERTY: Price = { own: 0.02 };
/** Something looked up, in one statement with others of its kind. */
const LOOK_UP: Price = { own: 1.5 };

/** Entries that a list has that is no longer than so much, whatever the data. */
const REASONS_SHOWN = 3;
const HISTOGRAM_BUCKETS = 10;
const METRICS = 12;
/** A user has watched most genres. */
const SHARE_OF_GENRES = 0.8;
/** Users who come first in lists have rated so many times more than the mean. */
const TOP_USERS = 4;

/** A list of recommendations: candidates, ranking and reasons are made for all of it. */
const LIST_OWN = 24;
const DIVERSITY_OWN = 60;
/** Of each entry: reasons, its movie and theirs. */
const LIST_EACH = 0.25;

/** The price of each field that computes or reads; all others are properties. Fitted by `npm run bench -- cost`. */
export const PRICES: Readonly<Record<string, Price>> = {
  'Query.node': LOOK_UP,
  'Query.movie': LOOK_UP,
  'Query.movies': { own: (args, sizes) => 8 + filterOwn(args, sizes) + sizes.movies / 1_500, each: 0.25 },
  'Query.searchMovies': {
    own: ({ query }, { movies }) => (0.5 + wordsIn(query)) * (3 + movies / 1_000),
    each: 0.05,
  },
  'Query.genres': { own: 4, entries: (_, { genres }) => genres, each: 0.05 },
  'Query.genre': { own: 4 },
  'Query.user': LOOK_UP,
  'Query.users': { own: 6, each: 0.25 },
  'Query.recommendFor': {
    own: (args, sizes) => listOwn(args, sizes) + lengthOf(args['ratings']) / 8,
    each: LIST_EACH,
  },
  'Query.model': { own: 0.5 },
  'Query.viewer': { own: 3 },
  'Query.exportMyData': { own: 200 },
  'Query.roleChanges': { own: 4, each: 0.25 },

  'User.account': LOOK_UP,

  'Mutation.signUp': { own: 1_200 },
  'Mutation.signIn': { own: 1_200 },
  'Mutation.changePassword': { own: 2_400 },
  'Mutation.resetPassword': { own: 1_200 },
  'Mutation.deleteMyAccount': { own: 2_400 },
  'Mutation.refreshSession': { own: 60 },
  'Mutation.signOut': { own: 60 },
  'Mutation.signOutEverywhere': { own: 60 },
  'Mutation.updateAccount': { own: 60 },
  'Mutation.confirmEmail': { own: 60 },
  'Mutation.requestPasswordReset': { own: 60 },
  'Mutation.requestEmailConfirmation': { own: 60 },
  'Mutation.rateMovie': { own: 60 },
  'Mutation.unrateMovie': { own: 60 },

  'Movie.genres': { own: 0.1, entries: (_, { genresPerMovie }) => genresPerMovie, each: 0.02 },
  'Movie.fans': { own: (_, { ratingsPerMovie }) => 1 + ratingsPerMovie / 12, each: 0.3 },
  'Movie.similar': { own: (args, sizes) => 14 + filterOwn(args, sizes) + sizes.movies / 1_000, each: 0.1 },
  'Movie.viewerRating': { own: 0.5 },
  'Movie.averageRating': { own: 0.3 },
  'Movie.weightedRating': { own: 0.3 },
  'Movie.ratingCount': { own: 0.3 },
  'Movie.ratingHistogram': { own: 0.3, entries: HISTOGRAM_BUCKETS, each: 0.02 },
  'Movie.imdbUrl': { own: 0.3 },
  'Movie.tmdbUrl': { own: 0.3 },
  'Movie.posterUrl': { own: 0.3 },

  'Genre.movies': { own: (_, { moviesPerGenre }) => 4 + moviesPerGenre / 12, each: 0.25 },

  'User.favouriteGenre': { own: 1.5 },
  'User.genreProfile': { own: 1.5, entries: genresOfUser, each: 0.1 },
  'User.ratings': { own: (_, { ratingsPerUser }) => 2 + (TOP_USERS * ratingsPerUser) / 30, each: 0.3 },
  'User.recommendations': {
    own: (args, sizes) => listOwn(args, sizes) + (TOP_USERS * sizes.ratingsPerUser) / 10,
    each: LIST_EACH,
  },

  // Lists without a resolver whose length nothing in the query says.
  'Recommendation.reasons': { own: 0.02, entries: REASONS_SHOWN, each: 0.02 },
  'Model.metrics': { own: 0.02, entries: METRICS, each: 0.02 },
  '__Schema.types': { own: 1, entries: 80, each: 0.1 },
  '__Schema.directives': { own: 1, entries: 6, each: 0.1 },
  '__Type.fields': { own: 0.3, entries: 7, each: 0.1 },
  '__Type.inputFields': { own: 0.1, entries: 2, each: 0.1 },
  '__Type.enumValues': { own: 0.1, entries: 2, each: 0.1 },
  '__Type.interfaces': { own: 0.1, entries: 1, each: 0.1 },
  '__Type.possibleTypes': { own: 0.1, entries: 1, each: 0.1 },
  '__Field.args': { own: 0.1, entries: 2, each: 0.1 },
  '__Directive.args': { own: 0.1, entries: 2, each: 0.1 },
};

/** The price of a field, by its type and name. */
export function priceOf(typeName: string, fieldName: string): Price {
  return PRICES[`${typeName}.${fieldName}`] ?? PROPERTY;
}

/** The price of a field with its arguments, given that of what is selected of one entry. */
export function priceWith(price: Price, args: Arguments, sizes: DataSizes, priceOfSelection: number): number {
  const amount = (of: Amount) => (typeof of === 'function' ? of(args, sizes) : of);
  const entries = price.entries === undefined ? entriesAsked(args) : amount(price.entries);
  return amount(price.own) + entries * (amount(price.each ?? 0) + priceOfSelection);
}

/** The price of reading, validating and perhaps compiling a document. */
export function priceOfDocument({ selections, expanded }: { selections: number; expanded: number }): number {
  return 2 + 0.4 * selections + 0.05 * expanded;
}

function entriesAsked({ first }: Arguments): number {
  return typeof first === 'number' ? Math.min(Math.max(first, 1), MAX_FIRST) : 1;
}

function genresOfUser(_: Arguments, { genres }: DataSizes): number {
  return Math.max(1, SHARE_OF_GENRES * genres);
}

function listOwn(args: Arguments, sizes: DataSizes): number {
  const { diversity } = args;
  return (
    LIST_OWN +
    sizes.movies / 1_000 +
    filterOwn(args, sizes) +
    (typeof diversity === 'number' && diversity > 0 ? DIVERSITY_OWN : 0)
  );
}

/** Every movie is looked at. */
function filterOwn({ filter }: Arguments, { movies }: DataSizes): number {
  if (typeof filter !== 'object' || filter === null) return 0;
  const given = Object.values(filter);
  const listed = given.reduce<number>((sum, value) => sum + lengthOf(value), 0);
  return 2 + movies / 500 + listed / 40;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function wordsIn(query: unknown): number {
  return typeof query === 'string' ? query.trim().split(/\s+/).length : 1;
}
