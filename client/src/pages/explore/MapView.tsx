import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useImperativeHandle, useRef, useState, type Ref } from 'react';
import { Button } from '../../components/index.ts';
import { useGenreWords } from '../../texts/useGenreWords.ts';
import styles from './Explore.module.css';
import type { MapFilm, MovieMap } from './movieMap.ts';
import type { Emphasis } from './renderer.ts';
import { MapScene } from './scene.ts';
import { useMapZoom } from './useMapZoom.ts';
import { onMap, onScreen } from './view.ts';

/** Pixels from a film within which it is pointed at; a finger is thicker than a pointer. */
const REACH = { mouse: 12, touch: 24 };
const FLIGHT_ZOOM = 9;

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
  const canvas = useRef<HTMLCanvasElement>(null);
  const labels = useRef<HTMLDivElement>(null);
  const [scene] = useState(() => new MapScene());
  const tellView = useEffectEvent(() => onView(scene.filmsInView()));
  const tellUnable = useEffectEvent(onUnable);

  useEffect(() => {
    if (!frame.current || !canvas.current || !labels.current) return;
    if (!scene.attach(canvas.current, labels.current)) return tellUnable();
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      scene.resize({ width: entry.contentRect.width, height: entry.contentRect.height });
      tellView();
    });
    observer.observe(frame.current);
    return () => {
      observer.disconnect();
      scene.detach();
    };
  }, [scene]);

  useEffect(() => scene.show({ map, emphasis, selected }), [scene, map, emphasis, selected]);
  useEffect(() => tellView(), [map]);

  const { flyTo, zoomBy, showAll, onKey } = useMapZoom({
    frame,
    onMove: (transform) => scene.move(transform),
    onEnd: () => onView(scene.filmsInView()),
  });
  useImperativeHandle(ref, () => ({
    flyTo: (film) => flyTo(onScreen(film, scene.whole()), FLIGHT_ZOOM, scene.size),
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
        <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
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

function Tip({ film, left, top }: { film: MapFilm; left: number; top: number }) {
  const { genreNames } = useGenreWords();
  return (
    <p className={styles.tip} style={{ '--left': `${left}px`, '--top': `${top}px` }} aria-hidden="true">
      <strong>{film.title}</strong> {film.releaseYear}
      <br />
      {genreNames(film.genres)}
    </p>
  );
}
