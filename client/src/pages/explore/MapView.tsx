import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { Button } from '../../components/index.ts';
import styles from './Explore.module.css';
import type { MapFilm, MovieMap } from './movieMap.ts';
import { createMapRenderer, type Emphasis, type MapRenderer } from './renderer.ts';
import { useMapZoom } from './useMapZoom.ts';
import {
  chooseLabels,
  isInView,
  onMap,
  onScreen,
  project,
  type Projection,
  type Size,
  type Transform,
} from './view.ts';

/** Pixels from a film within which it is pointed at; a finger is thicker than a pointer. */
const REACH = { mouse: 12, touch: 24 };
const FLIGHT_ZOOM = 9;
const MOST_LABELS = 30;
const WHOLE: Transform = { k: 1, x: 0, y: 0 };

export interface MapHandle {
  flyTo: (film: MapFilm) => void;
}

interface MapViewProps {
  map: MovieMap;
  emphasis: Emphasis;
  selected: MapFilm | undefined;
  onSelect: (film: MapFilm) => void;
  /** Tells the films in view, the most rated first, once a movement has ended. */
  onView: (films: readonly MapFilm[]) => void;
  /** Tells that there is no WebGL here. */
  onUnable: () => void;
  ref: Ref<MapHandle>;
}

/** The map as points, with labels of well-known films, and the name of what is pointed at. */
export function MapView({ map, emphasis, selected, onSelect, onView, onUnable, ref }: MapViewProps) {
  const { t } = useLingui();
  const frame = useRef<HTMLDivElement>(null);
  const labels = useRef<HTMLDivElement>(null);
  const scene = useScene({ map, emphasis, selected, frame, labels, onView, onUnable });
  const { flyTo, zoomBy, showAll, onKey } = useMapZoom({
    frame,
    onMove: scene.move,
    onEnd: scene.tellView,
  });
  useImperativeHandle(ref, () => ({
    flyTo(film) {
      flyTo(onScreen(film, scene.whole()), FLIGHT_ZOOM, scene.size());
    },
  }));
  const [pointed, setPointed] = useState<{ film: MapFilm; left: number; top: number }>();

  const filmAt = ({ nativeEvent }: React.PointerEvent | React.MouseEvent): MapFilm | undefined => {
    const isTouch = 'pointerType' in nativeEvent && nativeEvent.pointerType === 'touch';
    const projection = scene.projection();
    const bounds = frame.current?.getBoundingClientRect();
    const place = onMap(
      [nativeEvent.clientX - (bounds?.left ?? 0), nativeEvent.clientY - (bounds?.top ?? 0)],
      projection,
    );
    return map.tree.find(...place, (isTouch ? REACH.touch : REACH.mouse) / projection.scale);
  };

  return (
    <div className={styles.map}>
      <div
        ref={frame}
        className={styles.frame}
        role="group"
        tabIndex={0}
        aria-label={t`Map of films. Arrow keys move it, plus and minus zoom, 0 shows all of it. The list has the same films.`}
        style={{ cursor: pointed ? 'pointer' : undefined }}
        onKeyDown={(event) => {
          if (!event.ctrlKey && !event.metaKey && !event.altKey && onKey(event.key)) event.preventDefault();
        }}
        onPointerMove={(event) => {
          const film = event.buttons === 0 ? filmAt(event) : undefined;
          const [left, top] = film ? onScreen(film, scene.projection()) : [0, 0];
          setPointed(film && { film, left, top });
        }}
        onPointerLeave={() => setPointed(undefined)}
        onClick={(event) => {
          const film = filmAt(event);
          if (film) onSelect(film);
        }}
      >
        <canvas ref={scene.canvas} className={styles.canvas} aria-hidden="true" />
        <div ref={labels} className={styles.labels} aria-hidden="true" />
        {pointed && <Tip {...pointed} />}
      </div>
      <div className={styles.zoom}>
        <Button variant="icon" aria-label={t`Zoom in`} onClick={() => zoomBy(1.8)}>
          +
        </Button>
        <Button variant="icon" aria-label={t`Zoom out`} onClick={() => zoomBy(1 / 1.8)}>
          −
        </Button>
        <Button onClick={showAll}>
          <Trans>Whole map</Trans>
        </Button>
      </div>
    </div>
  );
}

const Tip = ({ film, left, top }: { film: MapFilm; left: number; top: number }) => (
  <p className={styles.tip} style={{ '--left': `${left}px`, '--top': `${top}px` }} aria-hidden="true">
    <strong>{film.title}</strong> {film.releaseYear}
    <br />
    {film.genres.join(', ')}
  </p>
);

interface SceneOptions extends Pick<MapViewProps, 'map' | 'emphasis' | 'selected' | 'onView' | 'onUnable'> {
  frame: React.RefObject<HTMLDivElement | null>;
  labels: React.RefObject<HTMLDivElement | null>;
}

/** Holds renderer, size and place, and draws a frame whenever one of them changes. */
function useScene({ map, emphasis, selected, frame, labels, onView, onUnable }: SceneOptions) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [renderer, setRenderer] = useState<MapRenderer | null>(null);
  const state = useRef<{ size: Size; transform: Transform; frame: number }>({
    size: { width: 1, height: 1 },
    transform: WHOLE,
    frame: 0,
  });
  const latest = useRef({ map, selected, renderer, onView, onUnable });
  useEffect(() => {
    latest.current = { map, selected, renderer, onView, onUnable };
  });

  const [scene] = useState(() => {
    const projection = (transform = state.current.transform): Projection =>
      project(latest.current.map.extent, state.current.size, transform);
    const draw = () => {
      state.current.frame = 0;
      const { map: drawn, renderer: on, selected: chosen } = latest.current;
      on?.draw(projection(), state.current.transform.k);
      const { size, transform } = state.current;
      if (labels.current)
        placeLabels(labels.current, drawn, projection(), { size, zoom: transform.k, selected: chosen });
    };
    return {
      projection: () => projection(),
      whole: () => projection(WHOLE),
      size: () => state.current.size,
      /** Draws with the next frame of the browser, once for all changes until then. */
      redraw() {
        state.current.frame ||= requestAnimationFrame(draw);
      },
      move(transform: Transform) {
        state.current.transform = transform;
        state.current.frame ||= requestAnimationFrame(draw);
      },
      tellView() {
        const { map: shown, onView: tell } = latest.current;
        const now = projection();
        tell(shown.films.filter((film) => isInView(film, now, state.current.size)));
      },
      resize(size: Size) {
        state.current.size = size;
      },
    };
  });

  useEffect(() => {
    if (!canvas.current) return;
    const opened = createMapRenderer(canvas.current, inkOf(canvas.current));
    if (!opened) return latest.current.onUnable();
    setRenderer(opened);
    return () => opened.dispose();
  }, []);

  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      scene.resize({ width: entry.contentRect.width, height: entry.contentRect.height });
      renderer?.resize(scene.size());
      scene.redraw();
      scene.tellView();
    });
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame, renderer, scene]);

  useEffect(() => {
    renderer?.setMap(map);
    scene.redraw();
    scene.tellView();
  }, [map, renderer, scene]);

  useEffect(() => {
    renderer?.setEmphasis(emphasis);
    scene.redraw();
  }, [map, emphasis, renderer, scene]);

  useEffect(() => scene.redraw(), [selected, scene]);

  return { canvas, ...scene };
}

/** The text's colour, for the rings of own films. */
function inkOf(element: Element): [number, number, number] {
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number);
  return [red / 255, green / 255, blue / 255];
}

/** Puts labels in their places. By hand, since they move with each frame. */
function placeLabels(
  layer: HTMLElement,
  { films }: MovieMap,
  projection: Projection,
  { size, zoom, selected }: { size: Size; zoom: number; selected: MapFilm | undefined },
): void {
  const first = selected ? [selected, ...films] : films;
  const chosen = chooseLabels(first, projection, {
    size,
    zoom,
    most: Math.min(MOST_LABELS, Math.round(size.width / 28)),
  });
  for (const [index, { film, left, top }] of chosen.entries()) {
    const existing = layer.children[index];
    const label =
      existing instanceof HTMLElement ? existing : layer.appendChild(document.createElement('span'));
    if (label.textContent !== film.title) label.textContent = film.title;
    label.style.transform = `translate(${Math.round(left + 8)}px, ${Math.round(top - 9)}px)`;
    label.dataset['selected'] = String(film === selected);
  }
  while (layer.children.length > chosen.length) layer.lastElementChild?.remove();
}
