import type { MapFilm, MovieMap } from './movieMap.ts';
import { createMapRenderer, type Emphasis, type MapRenderer } from './renderer.ts';
import { chooseLabels, isInView, project, type Projection, type Size, type Transform } from './view.ts';

const MOST_LABELS = 30;
const WHOLE: Transform = { k: 1, x: 0, y: 0 };

interface Shown {
  map: MovieMap;
  emphasis: Emphasis;
  selected: MapFilm | undefined;
}

/** The map on the screen: holds what is shown, its size and place, and draws whenever one of them has changed. */
export class MapScene {
  #shown: Shown | null = null;
  #size: Size = { width: 1, height: 1 };
  #transform: Transform = WHOLE;
  #renderer: MapRenderer | null = null;
  #labels: HTMLElement | null = null;
  #frame = 0;

  get size(): Size {
    return this.#size;
  }

  /** Begins to draw. @returns false where there is no WebGL */
  attach(canvas: HTMLCanvasElement, labels: HTMLElement): boolean {
    this.#renderer = createMapRenderer(canvas, inkOf(canvas));
    this.#labels = labels;
    this.#renderer?.resize(this.#size);
    if (this.#shown) {
      this.#renderer?.setMap(this.#shown.map);
      this.#renderer?.setEmphasis(this.#shown.emphasis);
    }
    return this.#renderer !== null;
  }

  detach(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#renderer?.dispose();
    this.#renderer = null;
  }

  show(next: Shown): void {
    const before = this.#shown;
    this.#shown = next;
    if (before?.map !== next.map) this.#renderer?.setMap(next.map);
    if (before?.map !== next.map || before.emphasis !== next.emphasis)
      this.#renderer?.setEmphasis(next.emphasis);
    this.#redraw();
  }

  resize(size: Size): void {
    this.#size = size;
    this.#renderer?.resize(size);
    this.#redraw();
  }

  move(transform: Transform): void {
    this.#transform = transform;
    this.#redraw();
  }

  /** Places films on the screen as it is now. */
  projection(): Projection {
    return this.#project(this.#transform);
  }

  /** Places them as while the whole map is shown. */
  whole(): Projection {
    return this.#project(WHOLE);
  }

  /** The films in view, the most rated first. */
  filmsInView(): MapFilm[] {
    const projection = this.projection();
    return this.#shown?.map.films.filter((film) => isInView(film, projection, this.#size)) ?? [];
  }

  #project(transform: Transform): Projection {
    const extent = this.#shown?.map.extent ?? { minX: 0, maxX: 1, minY: 0, maxY: 1 };
    return project(extent, this.#size, transform);
  }

  /** Draws with the next frame of the browser, once for all changes until then. */
  #redraw(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#renderer?.draw(this.projection(), this.#transform.k);
      this.#placeLabels();
    });
  }

  /** Puts labels in their places. By hand, since they move with each frame. */
  #placeLabels(): void {
    const layer = this.#labels;
    if (!layer || !this.#shown) return;
    const { map, selected } = this.#shown;
    const films = selected ? [selected, ...map.films] : map.films;
    const chosen = chooseLabels(films, this.projection(), {
      size: this.#size,
      zoom: this.#transform.k,
      most: Math.min(MOST_LABELS, Math.round(this.#size.width / 28)),
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
}

/** The text's colour, for the rings of own films. */
function inkOf(element: Element): [number, number, number] {
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number);
  return [red / 255, green / 255, blue / 255];
}
