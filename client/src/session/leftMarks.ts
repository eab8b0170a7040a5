import * as v from 'valibot';
import { browserStorage, readJson, storedState } from '../state/storedState.ts';
import type { MarkChange, MarksStore } from './marks.ts';

const LeftSchema = v.object({
  userId: v.number(),
  films: v.array(
    v.object({
      movieId: v.number(),
      title: v.string(),
      rating: v.optional(v.nullable(v.number())),
      isDismissed: v.optional(v.boolean()),
      isOnWatchlist: v.optional(v.boolean()),
    }),
  ),
});

type Left = v.InferOutput<typeof LeftSchema>;
export type LeftMark = Left['films'][number];

const NONE: Left = { userId: 0, films: [] };

/** The mark that the visitor chose, without those that follow from it. */
const CHOSEN = {
  rating: 'rating',
  dismissal: 'isDismissed',
  watchlist: 'isOnWatchlist',
} as const satisfies Record<MarkChange['kind'], string>;

/** Holds marks that a page left unsent, as it went before it had an access token, for the next page. */
export function createLeftMarks(storage: Storage | null) {
  const state = storedState<Left>({
    key: 'pocketrocket.left',
    storage,
    parse: (stored) => readJson(LeftSchema, stored) ?? NONE,
    format: (left) => (left.films.length === 0 ? null : JSON.stringify(left)),
  });
  let isOwn = false;
  return {
    /** Keeps a user's changes in the place of what was kept before. */
    leave: (userId: number, unsaved: ReturnType<MarksStore['unsaved']>) => {
      if (unsaved.length === 0) return;
      isOwn = true;
      const films = unsaved.map(({ movieId, title, kind, marks }) => ({
        movieId,
        title,
        [CHOSEN[kind]]: marks[CHOSEN[kind]],
      }));
      state.set({ userId, films });
    },
    /** Forgets what this page left, as it goes on and sends that itself. */
    drop: () => {
      if (isOwn) state.set(NONE);
      isOwn = false;
    },
    /** The user's, once; those of somebody else are forgotten. */
    take: (userId: number): readonly LeftMark[] => {
      state.reread();
      const { userId: owner, films } = state.get();
      if (films.length > 0) state.set(NONE);
      return owner === userId ? films : NONE.films;
    },
  };
}

export const leftMarks = createLeftMarks(browserStorage());
