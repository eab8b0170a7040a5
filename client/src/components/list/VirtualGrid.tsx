import { useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type FocusEvent,
  type ReactNode,
  type Ref,
} from 'react';
import gridStyles from '../movie/MovieGrid.module.css';
import { useGridLayout } from './useGridLayout.ts';
import styles from './VirtualGrid.module.css';

/** Rows that are there above and below what is seen. */
const OVERSCAN = 1;

export interface VirtualGridHandle {
  /** Scrolls to an entry. */
  showEntry: (index: number) => void;
}

interface VirtualGridProps {
  total: number;
  /** Names the list for screen readers. */
  label: string;
  /** Entries that are there before the grid is measured, as on a server. */
  initialCount: number;
  /** The entry of a place as a card in an `article`; null where it is not loaded yet. */
  renderEntry: (index: number) => ReactNode;
  /** Tells which entries are there, the end excluded. */
  onRange: (from: number, to: number) => void;
  ref?: Ref<VirtualGridHandle>;
}

/**
 * A grid of any length that scrolls with the page and holds only the cards near what is seen. It is as high as the whole from the
 * first moment on, so that the way back finds its place.
 */
export function VirtualGrid({ total, label, initialCount, renderEntry, onRange, ref }: VirtualGridProps) {
  const grid = useRef<HTMLUListElement>(null);
  const layout = useGridLayout(grid);
  const columns = layout?.columns ?? 1;
  const step = layout ? layout.rowHeight + layout.rowGap : 1;
  const rows = layout ? Math.ceil(total / columns) : 0;
  // No compiler of React keeps what its functions have answered.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useWindowVirtualizer({
    count: rows,
    estimateSize: () => step,
    overscan: OVERSCAN,
    scrollMargin: layout?.top ?? 0,
    // The server has none.
    enabled: layout !== null,
  });
  const measure = useEffectEvent(() => virtualizer.measure());
  useEffect(() => measure(), [step]);
  useImperativeHandle(ref, () => ({
    showEntry: (index) =>
      window.scrollTo({ top: (layout?.top ?? 0) + Math.floor(index / columns) * step - 16 }),
  }));

  const visible = virtualizer.getVirtualItems();
  const firstRow = layout ? (visible[0]?.index ?? 0) : 0;
  const endRow = layout ? (visible.at(-1)?.index ?? -1) + 1 : 0;
  const from = firstRow * columns;
  const to = Math.min(total, layout && endRow > 0 ? endRow * columns : initialCount);
  const tellRange = useEffectEvent(() => onRange(from, to));
  useEffect(() => tellRange(), [from, to]);

  const keepFocus = useKeptFocus();
  const entries: ReactNode[] = [];
  for (let index = from; index < to; index++) {
    const entry = renderEntry(index);
    entries.push(
      <li key={index} aria-setsize={total} aria-posinset={index + 1} className={styles.entry}>
        {entry ?? <span className={styles.placeholder} aria-hidden="true" />}
      </li>,
    );
  }
  return (
    <ul
      ref={grid}
      {...keepFocus}
      className={`${gridStyles.grid} ${styles.grid}`}
      aria-label={label}
      style={
        layout
          ? {
              gridAutoRows: layout.rowHeight,
              paddingBlockStart: firstRow * step,
              paddingBlockEnd: Math.max(0, (rows - Math.ceil(to / columns)) * step),
            }
          : undefined
      }
    >
      {entries}
    </ul>
  );
}

/** Whoever had the focus on a card that another content replaces keeps it: on the film of the same place, or the next one. */
function useKeptFocus() {
  const focused = useRef<Element>(null);
  const entry = useRef<Element>(null);
  useLayoutEffect(() => {
    // A focus that leaves with its element leaves without a word of it.
    if (!focused.current || focused.current.isConnected) return;
    focused.current = null;
    if (document.activeElement !== document.body) return;
    const entries = entry.current?.isConnected ? [...(entry.current.parentElement?.children ?? [])] : [];
    const place = entries.findIndex((other) => other === entry.current);
    for (const near of [...entries.slice(place), ...entries.slice(0, Math.max(0, place)).reverse()]) {
      const link = near.querySelector<HTMLElement>('[data-card-link]');
      if (link) return link.focus({ preventScroll: true });
    }
  });
  return {
    onFocus: ({ target }: FocusEvent) => {
      focused.current = target;
      entry.current = target.closest('li');
    },
    onBlur: () => {
      focused.current = null;
    },
  };
}
