import * as v from 'valibot';
import { browserStorage, storedState, useStoredState } from '../state/storedState.ts';

const MovieId = v.pipe(v.number(), v.integer(), v.minValue(0));

const PickSchema = v.object({
  movieId: MovieId,
  title: v.string(),
  releaseYear: v.nullable(v.number()),
  genres: v.array(v.object({ name: v.string() })),
});

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
});

/** The visitor's taste; it stays in this browser. */
export type Taste = v.InferOutput<typeof TasteSchema>;
/** A film that the visitor likes; any larger object may be given for one. */
export type Pick = Taste['picks'][number];

/** A first personal list comes after two picks, a good one after five. */
export const PICKS_FOR_A_LIST = 2;
export const PICKS_WANTED = 5;

const STORAGE_KEY = 'pocketrocket.taste';
const EMPTY: Taste = { dataset: null, picks: [], notSeen: [] };

/** The stored text as a taste, without picks that cannot be read; an empty one where there is none or it does not have the form. */
export function parseTaste(stored: string | null): Taste {
  if (stored === null) return EMPTY;
  try {
    const result = v.safeParse(TasteSchema, JSON.parse(stored));
    return result.success ? result.output : EMPTY;
  } catch {
    return EMPTY;
  }
}

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
    startOver: () => set({ ...EMPTY, dataset: get().dataset }),
    /** Puts an earlier taste back, as undo does. */
    restore: set,
    /** Forgets the taste where it is of another data set, whose movie ids mean other films. */
    bindToDataset(dataset: string) {
      const taste = get();
      if (taste.dataset === dataset) return;
      set(taste.dataset === null ? { ...taste, dataset } : { ...EMPTY, dataset });
    },
  };
}

export const tasteStore = createTasteStore(browserStorage());

export const useTaste = (): Taste => useStoredState(tasteStore, EMPTY);
