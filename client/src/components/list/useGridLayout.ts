import { useLayoutEffect, useState, type RefObject } from 'react';

/** The measures of a grid of cards that are all as high as the highest of them. */
export interface GridLayout {
  columns: number;
  /** In pixels. */
  rowHeight: number;
  rowGap: number;
  /** From the top of the document to the grid. */
  top: number;
  width: number;
}

/** Measures a grid of cards in its list items whenever its width or place changes; null until the first time, and on a server. */
export function useGridLayout(grid: RefObject<HTMLElement | null>): GridLayout | null {
  const [layout, setLayout] = useState<GridLayout | null>(null);
  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return;
    const update = () => setLayout((before) => measured(element, before));
    update();
    // The page too: the grid moves when something above it opens.
    const observer = new ResizeObserver(update);
    observer.observe(element);
    observer.observe(document.body);
    // Cards that come may be higher than those before.
    const comings = new MutationObserver(update);
    comings.observe(element, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      comings.disconnect();
    };
  }, [grid]);
  return layout;
}

function measured(grid: HTMLElement, before: GridLayout | null): GridLayout {
  const { gridTemplateColumns, rowGap } = getComputedStyle(grid);
  const columns = Math.max(1, gridTemplateColumns.split(' ').length);
  const { top, width } = grid.getBoundingClientRect();
  const cards = [...grid.querySelectorAll<HTMLElement>(':scope > li > article')];
  const highest = Math.max(0, ...cards.map((card) => card.offsetHeight));
  const isSameGrid = before?.width === width && before.columns === columns;
  const layout = {
    columns,
    rowGap: Number.parseFloat(rowGap) || 0,
    top: Math.round(top + window.scrollY),
    width,
    // Never lower than it was: what was scrolled past keeps its place.
    rowHeight: Math.max(highest, isSameGrid ? before.rowHeight : 0) || guessedHeight(width, columns),
  };
  const isUnchanged =
    before !== null &&
    (Object.keys(layout) as (keyof GridLayout)[]).every((key) => Math.abs(layout[key] - before[key]) < 0.5);
  return isUnchanged ? before : layout;
}

/** Of a card that is not there yet: a poster of two by three, and its lines. */
const guessedHeight = (width: number, columns: number): number => (1.5 * width) / columns + 64;
