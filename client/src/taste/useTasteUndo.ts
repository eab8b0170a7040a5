import { useCallback, useState } from 'react';
import { tasteStore, useTaste, type Taste } from './taste.ts';

interface Change {
  what: string;
  before: Taste;
  after: Taste;
}

/** A change of the taste that can be taken back as long as nothing else has changed it. */
export interface TasteUndo {
  /** The last change in words; null where there is none to take back. */
  what: string | null;
  /** Changes the taste, so that it can be undone; the same function in each render. */
  change: (what: string, action: () => void) => void;
  undo: () => void;
}

/** Remembers the taste from before the last change. */
export function useTasteUndo(): TasteUndo {
  const taste = useTaste();
  const [last, setLast] = useState<Change>();
  const undoable = last?.after === taste ? last : null;
  const change = useCallback((what: string, action: () => void) => {
    const before = tasteStore.get();
    action();
    setLast({ what, before, after: tasteStore.get() });
  }, []);
  return {
    what: undoable?.what ?? null,
    change,
    undo() {
      if (undoable) tasteStore.restore(undoable.before);
    },
  };
}
