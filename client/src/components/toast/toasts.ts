import { sharedState, useSharedState } from '../../state/sharedState.ts';

/** A short word about what has just happened, in the reader's language. */
export interface ToastWords {
  text: string;
  /** Takes what happened back; the toast then has the button for it. */
  undo?: () => void;
  /** True for a failure: it is read out at once, and stays until it is closed. */
  isProblem?: boolean;
}

export interface Toast extends ToastWords {
  id: number;
}

/** More than these at once nobody reads: the oldest goes. */
const MOST_SHOWN = 2;
const NONE: readonly Toast[] = [];

/** Holds the toasts that are shown, oldest first. */
export function createToasts() {
  const { get, set, subscribe } = sharedState(NONE);
  let lastId = 0;
  const close = (id: number) => set(get().filter((toast) => toast.id !== id));
  return {
    get,
    subscribe,
    /** Shows a toast, in the place of one with the same words; returns the function that closes it. */
    show(words: ToastWords): () => void {
      const id = ++lastId;
      const others = get().filter(({ text }) => text !== words.text);
      set([...others, { ...words, id }].slice(-MOST_SHOWN));
      return () => close(id);
    },
    close,
    /** Takes back what the latest toast that can be undone tells of; false where there is none. */
    undoLatest(): boolean {
      const toast = get().findLast(({ undo }) => undo);
      if (!toast) return false;
      close(toast.id);
      toast.undo?.();
      return true;
    },
  };
}

export const toasts = createToasts();

/** Shows a toast; returns the function that closes it. */
export const showToast = (words: ToastWords): (() => void) => toasts.show(words);

export const useToasts = (): readonly Toast[] => useSharedState(toasts, NONE);
