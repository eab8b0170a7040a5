import { MAX_IMPORT_ROWS, MAX_KEPT_IMPORTS } from '@pocketrocket/schema/database';
import { countDenseTerms, wordsOfQuery } from '../../catalogue/searchTerms.ts';
import { TOLD_CLIENTS } from '../../budgets/clientUse.ts';
import { STEPS } from '../../timing/stepTimes.ts';
import { MAX_WEBHOOKS } from '../../webhooks/webhookRepository.ts';
import { MAX_ENTRIES, MAX_FIRST } from '../../arguments/checks.ts';
import { MAX_LINKS_OF_ACCOUNT } from '../../groups/tasteLinks.ts';
import { MOST_MEMBERS } from '../../lists/recommendToGroup.ts';
import { MAX_PLACES } from '../../movies/movieMap.ts';
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
  /** Of all that one selection of the field asks for together, however many objects it is a field of: they are computed at once. */
  once?: Amount;
  /** Usual number of entries of a list; `first` where it takes that, else 1. */
  entries?: Amount;
}

/** A field without a resolver: a property is read and written. */
const PROPERTY: Price = { own: 0.04 };
/** A property that not everybody may read. */
const GUARDED: Price = { own: 0.1 };
/** Something looked up, in one statement with others of its kind. */
const LOOK_UP: Price = { own: 3 };
/** The same, its number looked up before where it is asked for by another id. */
const LOOK_UP_BY_ID: Price = { own: ({ externalId }) => (typeof externalId === 'string' ? 6 : 3) };
/** A user, and whoever asks. */
const LOOK_UP_AND_SIGN_IN = 7;
/** A field that a movie out of memory lacks: the first of them reads the movie. */
const LAZY: Price = { own: 0.3 };

/** Entries that a list has that is no longer than so much, whatever the data. */
const REASONS_SHOWN = 3;
const HISTOGRAM_BUCKETS = 10;
const METRICS = 12;
const CACHES = 10;
/** Most rows are sure, and have none. */
const CANDIDATES_SHOWN = 1;
/** A few are usual. */
const KEYS_OF_APP = 5;
const APPS = 5;
const REFUSED_EVENTS = 50;
/** A user has watched most genres. */
const SHARE_OF_GENRES = 0.8;
/** Users who come first in lists have rated so many times more than the mean. */
const TOP_USERS = 4;

/** The price of each field that computes or reads; all others are properties. Fitted by `npm run bench -- cost`. */
export const PRICES: Readonly<Record<string, Price>> = {
  'Query.node': LOOK_UP,
  'Query.movie': LOOK_UP_BY_ID,
  'Query.movies': {
    own: (args, sizes) => 6 + 1.15 * filterOwn(args, sizes) + sizes.movies / 1_500 + skipOwn(args, sizes),
    each: 0.5,
  },
  'Query.searchMovies': { own: (args, sizes) => searchOwn(args, sizes), each: 0.1 },
  'Query.movieSearch': {
    own: (args, sizes) => 2 + searchOwn(args, sizes) + filterOwn(args, sizes) / 4 + sizes.movies / 2_000,
    each: 0.2,
  },
  'Query.moviesByTag': { own: 10, each: 0.4 },
  // More than the CPU's share: others want to ask TMDB too.
  'Query.person': { own: 20 },
  'Query.searchPeople': { own: 200, each: 0.1 },
  'Query.matchMovies': { own: 10, entries: ({ rows }) => lengthOf(rows), each: 3 },
  'Query.moviesByIds': {
    own: ({ externalIds }) => (Array.isArray(externalIds) ? 6 : 3),
    entries: ({ movieIds, externalIds }) => lengthOf(movieIds) + lengthOf(externalIds),
    each: 0.4,
  },
  'Query.genres': { own: 8, entries: (_, { genres }) => genres, each: 0.1 },
  'Query.genre': { own: 8 },
  'Query.user': LOOK_UP_BY_ID,
  'Query.users': { own: 10, each: 0.7 },
  'Query.recommendFor': { own: tasteOwn, each: 1 },
  'Query.recommendForMany': { own: manyOwn, entries: entriesOfMany, each: 0.3 },
  'Query.recommendForGroup': { own: groupOwn, each: 0.5 },
  // What is selected counts once for each entry asked for, whichever list it is of.
  'Query.compareUsers': { own: (_, { ratingsPerUser }) => 12 + (TOP_USERS * ratingsPerUser) / 8 },
  'Query.tasteLinks': { own: 10, entries: ({ tokens }) => lengthOf(tokens), each: 1 },
  'Query.myTasteLinks': { own: 10, entries: MAX_LINKS_OF_ACCOUNT, each: 0.2 },
  'Query.movieMap': {
    own: 2,
    entries: ({ first }) => (typeof first === 'number' ? Math.min(Math.max(first, 1), MAX_PLACES) : 1),
    each: 0.05,
  },
  'Query.model': { own: 1 },
  'Query.dataset': { own: 1 },
  'Query.popularNow': { own: (args, sizes) => 8 + filterOwn(args, sizes) + sizes.movies / 300, each: 0.3 },
  'Query.viewer': { own: 4 },
  'Query.sendsMail': LAZY,
  'Query.exportMyData': { own: 200 },
  'Query.myImports': { own: 10, entries: MAX_KEPT_IMPORTS, each: 0.3 },
  'Query.roleChanges': { own: 8, each: 0.5 },
  'Query.admin': { own: 4 },
  'Query.training': { own: 4 },

  // Charged when it begins, and for each answer after that.
  'Subscription.recommendationsChanged': {
    own: (args, sizes) =>
      LOOK_UP_AND_SIGN_IN + listOwn(args, sizes) + (TOP_USERS * sizes.ratingsPerUser) / 10,
    each: 1,
  },
  'Subscription.trainingChanged': { own: 4 },

  'User.account': LOOK_UP,

  'Mutation.signUp': { own: 1_200 },
  'Mutation.signIn': { own: 1_200 },
  'Mutation.changePassword': { own: 2_400 },
  'Mutation.resetPassword': { own: 1_200 },
  'Mutation.deleteMyAccount': { own: 2_400 },
  'Mutation.refreshSession': { own: 100 },
  'Mutation.signOut': { own: 100 },
  'Mutation.signOutEverywhere': { own: 100 },
  'Mutation.updateAccount': { own: 100 },
  'Mutation.confirmEmail': { own: 100 },
  'Mutation.requestPasswordReset': { own: 100 },
  'Mutation.requestEmailConfirmation': { own: 100 },
  'Mutation.rateMovie': { own: 100 },
  'Mutation.unrateMovie': { own: 100 },
  'Mutation.dismissMovie': { own: 100 },
  'Mutation.restoreMovie': { own: 100 },
  'Mutation.addToWatchlist': { own: 100 },
  'Mutation.removeFromWatchlist': { own: 100 },
  'Mutation.rateMovies': { own: ({ ratings }) => 150 + 3 * lengthOf(ratings) },
  'Mutation.createTasteLink': { own: ({ ratings }) => 150 + lengthOf(ratings) / 2 },
  'Mutation.revokeTasteLink': { own: 100 },
  'Mutation.importMyRatings': { own: ({ rows }) => 150 + 3 * lengthOf(rows) },
  // Of some hundred ratings; more of them were paid for when they were imported.
  'Mutation.undoMyImport': { own: 900 },

  'Mutation.publishModel': { own: (_, { movies }) => 2_000 + movies / 10 },
  'Mutation.rollbackModel': { own: 1_000 },
  'Mutation.createWebhook': { own: 200 },
  'Mutation.deleteWebhook': { own: 200 },
  'Mutation.createExport': { own: 10 },
  'Mutation.setAccountRole': { own: 100 },
  'Mutation.endSessions': { own: 100 },
  'Mutation.deleteAccount': { own: 900 },

  // A version's manifest is read and checked against its files.
  'Admin.models': { own: 20, each: 40 },
  'Admin.training': { own: 10 },
  'Admin.health': { own: 40 },
  'Admin.budgets': { own: 60 },
  'Admin.accounts': { own: 40, each: 1 },
  'Admin.catalogue': { own: (_, { movies }) => 10 + movies / 150 },
  'Admin.imports': { own: 8, each: 0.5 },
  'Admin.coverage': { own: (_, { movies }) => 40 + movies / 100 },
  'Admin.apps': { own: 10, entries: APPS, each: 0.3 },
  'Admin.keys': { own: 10, entries: APPS * KEYS_OF_APP, each: 0.3 },
  'Admin.experiments': { own: 100, entries: 3, each: 0.3 },
  // Counts all that its users did since.
  'ExperimentState.report': { own: 600 },
  'ExperimentReport.arms': { own: 0.1, entries: 3, each: 0.05 },
  'Admin.webhooks': { own: 10, entries: MAX_WEBHOOKS, each: 10 },
  'DataImport.skipped': { own: 0.1, entries: 3, each: 0.05 },
  'ExperimentState.arms': { own: 0.1, entries: 3, each: 0.05 },
  'Budgets.clients': { own: 0.1, entries: TOLD_CLIENTS, each: 0.1 },
  'Health.caches': { own: 0.1, entries: CACHES, each: 0.1 },
  'Health.steps': { own: 0.1, entries: STEPS.length, each: 0.1 },
  'ModelVersion.metrics': { own: 0.1, entries: METRICS, each: 0.05 },
  // A movie that is there is written by several statements.
  'Mutation.upsertMovies': { own: 150, entries: ({ movies }) => lengthOf(movies), each: 20 },
  'Mutation.deleteMovies': { own: ({ externalIds }) => 150 + 10 * lengthOf(externalIds) },
  // One for each that is written: the mutation counts them.
  'UpsertMoviesPayload.movies': { own: 0.1, entries: 1, each: 0.2 },
  'Mutation.createApp': { own: 100 },
  'Mutation.createApiKey': { own: 100 },
  'Mutation.rotateApiKey': { own: 100 },
  'Mutation.revokeApiKey': { own: 100 },
  // Of some thousand users; where there are more, it is asked for again.
  'Mutation.deleteApp': { own: 2_000 },
  'Mutation.upsertUsers': { own: ({ users }) => 100 + 3 * lengthOf(users) },
  'Mutation.deleteUsers': { own: ({ externalIds }) => 100 + 3 * lengthOf(externalIds) },
  // Half as much on SQLite; several times as much for an app that shares its users, whose ratings change aggregates.
  'Mutation.recordEvents': { own: ({ events }) => 100 + 6 * lengthOf(events) },

  'App.userCount': { own: 5 },
  'App.keys': { own: 3, entries: KEYS_OF_APP, each: 0.2 },
  'ApiKey.app': LOOK_UP,
  'RecordEventsPayload.refused': { own: 0.1, entries: REFUSED_EVENTS, each: 0.1 },

  'Movie.genres': { own: 0.2, entries: (_, { genresPerMovie }) => genresPerMovie, each: 0.04 },
  'Movie.fans': { own: (_, { ratingsPerMovie }) => 2 + ratingsPerMovie / 5, each: 0.5 },
  'Movie.similar': { own: (args, sizes) => 8 + filterOwn(args, sizes) + sizes.movies / 500, each: 0.3 },
  'Movie.tags': { own: 0.5, each: 0.06 },
  'Movie.hasDetails': { own: 0.5 },
  'Movie.details': { own: 20 },
  'MovieDetails.directors': { own: 0.1, entries: 2, each: 0.1 },
  'MovieDetails.watchCountries': { own: 0.1, entries: 60, each: 0.01 },
  'MovieDetails.cast': { own: 0.3, each: 0.1 },
  'MovieDetails.whereToWatch': { own: 0.5, entries: 12, each: 0.1 },
  'Person.knownFor': { own: 10 },
  'Person.biography': { own: 10 },
  'Person.movies': { own: 40, each: 0.5 },
  'Movie.viewerRating': { own: 1 },
  'Movie.viewerPrediction': { own: 0.5, once: (args, sizes) => 2 * listOwn(args, sizes) + historyOwn(sizes) },
  'Movie.isDismissed': { own: 1 },
  'Movie.isOnWatchlist': { own: 1 },
  'Movie.externalId': LAZY,
  'Movie.averageRating': LAZY,
  'Movie.weightedRating': LAZY,
  'Movie.ratingCount': LAZY,
  'Movie.ratingHistogram': { ...LAZY, entries: HISTOGRAM_BUCKETS, each: 0.06 },
  'Movie.imdbUrl': LAZY,
  'Movie.tmdbUrl': LAZY,
  'Movie.posterUrl': LAZY,
  'Movie.overview': LAZY,

  'Genre.movies': { own: (_, { moviesPerGenre }) => 6 + moviesPerGenre / 8, each: 0.4 },

  'User.externalId': LAZY,
  'User.ratingCount': GUARDED,
  'User.averageRating': GUARDED,
  'User.highestRating': GUARDED,
  'User.lowestRating': GUARDED,
  'User.ratingsRevision': GUARDED,
  'User.favouriteGenre': { own: 2 },
  'User.genreProfile': { own: 2, entries: genresOfUser, each: 0.15 },
  // A filter looks at each of them, and reads its title.
  'User.ratings': {
    own: ({ filter }, { ratingsPerUser }) => 4 + (TOP_USERS * ratingsPerUser) / (filter ? 8 : 20),
    each: 0.5,
  },
  'User.watchlist': { own: 8, each: 0.5 },
  'User.dismissedMovies': { own: 8, each: 0.5 },
  'User.recommendations': {
    own: (args, sizes) => listOwn(args, sizes) + historyOwn(sizes),
    each: 1,
  },

  'RateMoviesPayload.ratings': { own: 0.1, entries: MAX_ENTRIES, each: 0.1 },
  'ImportMyRatingsPayload.rows': { own: 0.1, entries: MAX_IMPORT_ROWS, each: 0.1 },
  'MovieMatch.candidates': { own: 0.1, entries: CANDIDATES_SHOWN, each: 0.1 },

  // Lists without a resolver whose length nothing in the query says.
  'Recommendation.reasons': { own: 1, entries: REASONS_SHOWN, each: 0.1 },
  'GroupRecommendation.members': { own: 0.1, entries: MOST_MEMBERS, each: 0.05 },
  'UserComparison.agreements': { own: 0.1, entries: 1, each: 0.2 },
  'UserComparison.disagreements': { own: 0.1, entries: 1, each: 0.2 },
  // Genres are about twice as many as the usual number of entries asked for.
  'UserComparison.genres': { own: 0.1, entries: 2, each: 0.1 },
  'Model.metrics': { own: 0.1, entries: METRICS, each: 0.05 },
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

/** The part of a price that the number of objects does not multiply. */
export function priceOnce({ once = 0 }: Price, args: Arguments, sizes: DataSizes): number {
  return typeof once === 'function' ? once(args, sizes) : once;
}

/** Price of a request however little it asks for: HTTP, context, log. */
const REQUEST_OWN = 25;

/** The price of a request with nothing in it, and of reading, validating and perhaps compiling its document. */
export function priceOfDocument({
  characters,
  values,
  selections,
  expanded,
}: {
  characters: number;
  values: number;
  selections: number;
  expanded: number;
}): number {
  return REQUEST_OWN + priceOfText(characters) + 0.2 * values + 0.5 * selections + 0.05 * expanded;
}

/** The price of reading, comparing and perhaps echoing a text of so many characters. */
export function priceOfText(characters: number): number {
  return characters / 2_000;
}

function entriesAsked({ first }: Arguments): number {
  return typeof first === 'number' ? Math.min(Math.max(first, 1), MAX_FIRST) : 1;
}

function genresOfUser(_: Arguments, { genres }: DataSizes): number {
  return Math.max(1, SHARE_OF_GENRES * genres);
}

/** Candidates, their ranking and a mask of what may be proposed are made for the whole list. */
function listOwn(args: Arguments, sizes: DataSizes): number {
  return 25 + sizes.movies / 250 + listExtras(args, sizes);
}

/** Adds up what makes a list dearer, whomever it is for. */
function listExtras(args: Arguments, sizes: DataSizes): number {
  const { diversity } = args;
  const ofDiversity = typeof diversity === 'number' && diversity > 0 ? 150 : 0;
  return filterOwn(args, sizes) + ofDiversity;
}

/** A history is read and folded in. */
function historyOwn({ ratingsPerUser }: DataSizes): number {
  return (TOP_USERS * ratingsPerUser) / 10;
}

/** Without ratings, popular movies. */
function tasteOwn(args: Arguments, sizes: DataSizes): number {
  const ratings = lengthOf(args['ratings']);
  if (ratings === 0) return 10 + sizes.movies / 700 + filterOwn(args, sizes);
  return listOwn(args, sizes) + ratings / 5;
}

/** Of many users most are usual ones, and what their lists have in common is made once. */
function manyOwn(args: Arguments, sizes: DataSizes): number {
  const ofList = 10 + sizes.movies / 500 + listExtras(args, sizes);
  return listsOwn(args['requests'], (ratings) => ofList + (ratings ?? sizes.ratingsPerUser / 5) / 4);
}

function entriesOfMany({ requests, first }: Arguments): number {
  return lengthOf(requests) * entriesAsked({ first });
}

/** A member's own candidates are found and ranked, then what all members' have in common. */
function groupOwn(args: Arguments, sizes: DataSizes): number {
  const ofMember = 2 * listOwn(args, sizes);
  const priceOfMember = (ratings: number | null) =>
    ofMember + (ratings ?? (TOP_USERS * sizes.ratingsPerUser) / 2) / 5;
  return (
    20 + listsOwn(args['members'], priceOfMember) + lengthOf(args['tasteTokens']) * (1 + priceOfMember(null))
  );
}

/** @param priceOf one list, by the number of ratings of a taste; null for a user */
function listsOwn(subjects: unknown, priceOf: (ratings: number | null) => number): number {
  if (!Array.isArray(subjects)) return 0;
  return subjects.reduce<number>((sum, one: unknown) => {
    const isTaste = typeof one === 'object' && one !== null && 'ratings' in one && Array.isArray(one.ratings);
    return sum + priceOf(isTaste ? lengthOf(one.ratings) : null);
  }, 0);
}

/** Every movie is looked at. */
function filterOwn({ filter }: Arguments, { movies }: DataSizes): number {
  if (typeof filter !== 'object' || filter === null) return 0;
  const given = Object.values(filter);
  const listed = given.reduce<number>((sum, value) => sum + lengthOf(value), 0);
  return 4 + movies / 400 + listed / 12;
}

/** Entries that are passed over are counted, not read. */
function skipOwn({ skip }: Arguments, { movies }: DataSizes): number {
  return typeof skip === 'number' ? Math.max(0, Math.min(skip, movies)) / 60 : 0;
}

/**
 * A word is looked up with its neighbours, the last one with all words that begin so: of a letter these are thousands. So are the titles
 * that have a common character of a dense script.
 */
function searchOwn({ query }: Arguments, { movies }: DataSizes): number {
  const words = typeof query === 'string' ? wordsOfQuery(query) : [];
  const ofPrefix = (words.at(-1)?.length ?? 0) <= 2 ? movies / 500 : 0;
  const dense = typeof query === 'string' ? countDenseTerms(query) : 0;
  return 3 + words.length * (2 + movies / 1_500) + ofPrefix + dense * (0.5 + movies / 4_000);
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
