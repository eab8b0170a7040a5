import { select } from 'd3-selection';
import { zoom, zoomIdentity, ZoomTransform, type ZoomBehavior } from 'd3-zoom';
import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import type { Size, Transform } from './view.ts';

/** A little smaller than what is shown first: a few films lie outside of that. */
const LEAST_ZOOM = 0.5;
const MOST_ZOOM = 60;
const FLIGHT_MS = 650;
/** Pixels that an arrow key moves the map. */
const STEP = 80;

interface MapZoomOptions {
  frame: RefObject<HTMLElement | null>;
  /** Called at each change of zoom or place. */
  onMove: (transform: Transform) => void;
  /** Called once a movement has ended. */
  onEnd: () => void;
}

/** Zooming and moving by wheel, drag, pinch and keys, and flights to a place. */
export function useMapZoom({ frame, onMove, onEnd }: MapZoomOptions) {
  const behaviour = useRef<ZoomBehavior<HTMLElement, unknown>>(null);
  const flight = useRef(0);
  const moved = useEffectEvent(onMove);
  const ended = useEffectEvent(onEnd);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const zooming = zoom<HTMLElement, unknown>()
      .scaleExtent([LEAST_ZOOM, MOST_ZOOM])
      // The wheel scrolls the page until the map has the focus, or with the key by which browsers zoom.
      .filter((event: MouseEvent) =>
        event.type === 'wheel'
          ? event.ctrlKey || event.metaKey || element.contains(document.activeElement)
          : event.button === 0 && !event.ctrlKey,
      )
      .on('zoom', ({ transform }: { transform: ZoomTransform }) => moved(transform))
      .on('end', () => ended());
    behaviour.current = zooming;
    const selection = select(element).call(zooming);
    return () => {
      cancelAnimationFrame(flight.current);
      selection.on('.zoom', null);
    };
  }, [frame]);

  const withZoom = (act: (zooming: ZoomBehavior<HTMLElement, unknown>, element: HTMLElement) => void) => {
    if (behaviour.current && frame.current) act(behaviour.current, frame.current);
  };

  /** Moves to where a place of the whole map, in pixels, is in the middle. */
  const flyTo = (place: readonly [number, number], k: number, { width, height }: Size) =>
    withZoom((zooming, element) => {
      cancelAnimationFrame(flight.current);
      const from = transformOf(element);
      const to = zoomIdentity
        .translate(width / 2, height / 2)
        .scale(k)
        .translate(-place[0], -place[1]);
      const selection = select(element);
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) return zooming.transform(selection, to);
      let start: number | undefined;
      const step = (now: number) => {
        start ??= now;
        const done = Math.min(1, (now - start) / FLIGHT_MS);
        zooming.transform(selection, between(from, to, done * done * (3 - 2 * done)));
        if (done < 1) flight.current = requestAnimationFrame(step);
      };
      flight.current = requestAnimationFrame(step);
    });

  return {
    flyTo,
    zoomBy: (factor: number) => withZoom((zooming, element) => zooming.scaleBy(select(element), factor)),
    showAll: () => withZoom((zooming, element) => zooming.transform(select(element), zoomIdentity)),
    /** Handles a key on the map. @returns true for one that moves it */
    onKey: (key: string): boolean => {
      const change = KEYS[key];
      if (!change) return false;
      withZoom((zooming, element) => change(zooming, select(element)));
      return true;
    },
  };
}

type Selected = ReturnType<typeof select<HTMLElement, unknown>>;
type Change = (zooming: ZoomBehavior<HTMLElement, unknown>, selection: Selected) => void;

const by = (x: number, y: number): Change => {
  return (zooming, selection) => {
    const { k } = transformOf(selection.node());
    zooming.translateBy(selection, x / k, y / k);
  };
};
const scaled = (factor: number): Change => {
  return (zooming, selection) => zooming.scaleBy(selection, factor);
};

const KEYS: Readonly<Record<string, Change>> = {
  ArrowLeft: by(STEP, 0),
  ArrowRight: by(-STEP, 0),
  ArrowUp: by(0, STEP),
  ArrowDown: by(0, -STEP),
  '+': scaled(1.5),
  '=': scaled(1.5),
  '-': scaled(1 / 1.5),
  '0': (zooming, selection) => zooming.transform(selection, zoomIdentity),
};

/** Reads, where d3-zoom keeps it, how far an element is zoomed and moved. */
const transformOf = (element: (HTMLElement & { __zoom?: ZoomTransform }) | null): ZoomTransform =>
  element?.__zoom ?? zoomIdentity;

/** Zoom grows by factors, so that it looks even. */
function between(from: Transform, to: Transform, share: number): ZoomTransform {
  const k = from.k * (to.k / from.k) ** share;
  // The middle of the way between what both have in the middle, at that zoom.
  const towards = to.k === from.k ? share : (k - from.k) / (to.k - from.k);
  return new ZoomTransform(k, from.x + (to.x - from.x) * towards, from.y + (to.y - from.y) * towards);
}
