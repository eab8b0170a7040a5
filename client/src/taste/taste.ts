import * as v from 'valibot';
import { useSharedState } from '../state/sharedState.ts';
import { browserStorage, readJson, storedState } from '../state/storedState.ts';

const MovieId = v.pipe(v.number(), v.integer(), v.minValue(0));

const PickSchema = v.object({
  movieId: MovieId,
  title: v.string(),
  releaseYear: v.nullable(v.number()),
  genres: v.array(v.object({ name: v.string() })),
});

const OwnRatingSchema = v.object({ movieId: MovieId, rating: v.number() });

/** A list of which each entry stands for itself: those that cannot be read are left out. */
const listOf = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(
    v.array(v.unknown()),
    v.transform((entries) => entries.flatMap((entry) => readable(schema, entry))),
  );

function readable<Schema extends v.GenericSchema>(schema: Schema, entry: unknown): v.InferOutput<Schema>[] {
  const result = v.safeParse(schema, entry);
  return result.success ? [result.output] : [];
}

const TasteSchema = v.object({
  /** The data set whose ids these are; null until the API has named it. */
  dataset: v.nullable(v.string()),
  picks: listOf(PickSchema),
  notSeen: listOf(MovieId),
  /** Ratings that the visitor brought from elsewhere, oldest first, each film once. */
  own: v.optional(listOf(OwnRatingSchema), []),
});

/** The visitor's taste; it stays in this browser. */
export type Taste = v.InferOutput<typeof TasteSchema>;
/** A film that the visitor likes; any larger object may be given for one. */
export type Pick = Taste['picks'][number];
/** A rating that the visitor brought from elsewhere. */
export type OwnRating = Taste['own'][number];

/** A first personal list comes after two picks, a good one after five. */
export const PICKS_FOR_A_LIST = 2;
export const PICKS_WANTED = 5;

/** Ratings that one request for recommendations may have. */
const MAX_TASTE = 2_000;

const STORAGE_KEY = 'pocketrocket.taste';
const EMPTY: Taste = { dataset: null, picks: [], notSeen: [], own: [] };

/** The stored text as a taste, without picks that cannot be read; an empty one where there is none or it does not have the form. */
export const parseTaste = (stored: string | null): Taste => readJson(TasteSchema, stored) ?? EMPTY;

/** Holds the taste for all parts of the page, and for other tabs of it. */
export function createTasteStore(storage: Storage | null) {
  const state = storedState<Taste>({
    key: STORAGE_KEY,
    storage,
    parse: parseTaste,
    format: (taste) => JSON.stringify(taste),
  });
  const { get, set } = state;

  return {
    ...state,
    pick({ movieId, title, releaseYear, genres }: Pick) {
      const taste = get();
      if (taste.picks.some((picked) => picked.movieId === movieId)) return;
      const picked = { movieId, title, releaseYear, genres: genres.map(({ name }) => ({ name })) };
      set({ ...taste, picks: [...taste.picks, picked] });
    },
    unpick(movieId: number) {
      const taste = get();
      set({ ...taste, picks: taste.picks.filter((picked) => picked.movieId !== movieId) });
    },
    markNotSeen(movieId: number) {
      const taste = get();
      set({ ...taste, notSeen: [...taste.notSeen, movieId] });
    },
    /** Takes over ratings from elsewhere in the place of earlier ones; of more than a request may have, the latest. */
    bring(own: readonly OwnRating[]) {
      set({ ...get(), own: own.slice(-MAX_TASTE) });
    },
    startOver: () => set({ ...EMPTY, dataset: get().dataset }),
    /** Puts an earlier taste back, as undo does. */
    restore: set,
    /** Forgets the taste where it is of another data set, whose movie ids mean other films. */
    bindToDataset(dataset: string) {
      const taste = get();
      if (taste.dataset !== null && plainName(taste.dataset) === plainName(dataset)) return;
      set(taste.dataset === null ? { ...taste, dataset } : { ...EMPTY, dataset });
    },
  };
}

/** Without what models add to the name of a data set, such as that it is synthetic. */
const plainName = (dataset: string): string => dataset.replace(/ \(.*\)$/, '');

/** The taste as the API takes it: own ratings, then each pick as five stars; of a film that is both, the pick. */
export function ratingsOf({ own, picks }: Taste): OwnRating[] {
  const picked = new Set(picks.map(({ movieId }) => movieId));
  const others = own.filter(({ movieId }) => !picked.has(movieId));
  return [...others, ...picks.map(({ movieId }) => ({ movieId, rating: 5 }))].slice(-MAX_TASTE);
}

/** True once there is enough for a first personal list. */
export const isEnough = (taste: Taste): boolean => ratingsOf(taste).length >= PICKS_FOR_A_LIST;

export const tasteStore = createTasteStore(browserStorage());

export const useTaste = (): Taste => useSharedState(tasteStore, EMPTY);
