import { quadtree, type Quadtree } from 'd3-quadtree';

/** A film with its place. */
export interface MapFilm {
  readonly movieId: number;
  readonly title: string;
  readonly releaseYear: number | null;
  readonly ratingCount: number;
  readonly genres: readonly string[];
  readonly x: number;
  readonly y: number;
}

/** A place as the API tells it. */
export interface MapNode {
  x: number;
  y: number;
  movie: {
    movieId: number;
    title: string;
    releaseYear: number | null;
    ratingCount: number;
    genres: readonly { name: string }[];
  };
}

export interface Extent {
  readonly minX: number;
  readonly maxX: number;
  readonly minY: number;
  readonly maxY: number;
}

/** The films of a map as far as they have come, and what is looked up among them. */
export interface MovieMap {
  /** The most rated first. */
  readonly films: readonly MapFilm[];
  readonly totalCount: number;
  readonly extent: Extent;
  readonly byId: ReadonlyMap<number, MapFilm>;
  readonly tree: Quadtree<MapFilm>;
  /** The genres that have a colour, the most frequent first. */
  readonly genres: readonly string[];
  /** Index in `genres` of each film's colour; `genres.length` for a film of none of them. */
  readonly genreOf: ReadonlyMap<number, number>;
}

/** As many genres as there are colours that people tell apart. */
export const COLOURED_GENRES = 9;

export const withPage = ({ films }: MovieMap, nodes: readonly MapNode[], totalCount: number): MovieMap =>
  mapOf([...films, ...nodes.map(filmOf)], totalCount);

function filmOf({ x, y, movie }: MapNode): MapFilm {
  const { movieId, title, releaseYear, ratingCount } = movie;
  return { movieId, title, releaseYear, ratingCount, genres: movie.genres.map(({ name }) => name), x, y };
}

/** A map of films that come in any order. */
export function mapOf(unsorted: readonly MapFilm[], totalCount: number): MovieMap {
  const films = unsorted.toSorted(
    (one, other) => other.ratingCount - one.ratingCount || one.movieId - other.movieId,
  );
  const counts = new Map<string, number>();
  for (const { genres } of films) for (const genre of genres) counts.set(genre, (counts.get(genre) ?? 0) + 1);
  const genres = Array.from(counts)
    .toSorted(([one, few], [other, many]) => many - few || one.localeCompare(other))
    .slice(0, COLOURED_GENRES)
    .map(([genre]) => genre);
  return {
    films,
    totalCount,
    extent: extentOf(films),
    byId: new Map(films.map((film) => [film.movieId, film])),
    tree: quadtree<MapFilm>()
      .x(({ x }) => x)
      .y(({ y }) => y)
      .addAll([...films]),
    genres,
    genreOf: new Map(films.map((film) => [film.movieId, colouredGenre(film, genres)])),
  };
}

/** The rarest of a film's genres that have a colour: it tells more than a frequent one. */
function colouredGenre(film: MapFilm, genres: readonly string[]): number {
  const rarest = Math.max(...film.genres.map((genre) => genres.indexOf(genre)), -1);
  return rarest === -1 ? genres.length : rarest;
}

/** A hundredth of the films may lie outside: a few far ones would squeeze all others together. */
const OUTSIDE = 0.01;

/** The room in which nearly all films lie. */
function extentOf(films: readonly MapFilm[]): Extent {
  if (films.length === 0) return { minX: 0, maxX: 1, minY: 0, maxY: 1 };
  const between = (values: Float64Array): [number, number] => {
    const sorted = values.toSorted();
    const cut = Math.floor((OUTSIDE / 2) * sorted.length);
    return [sorted[cut] ?? 0, sorted[sorted.length - 1 - cut] ?? 1];
  };
  const [minX, maxX] = between(Float64Array.from(films, ({ x }) => x));
  const [minY, maxY] = between(Float64Array.from(films, ({ y }) => y));
  return { minX, maxX, minY, maxY };
}

/** The films nearest to one on the map, nearest first, without itself. */
export function neighboursOf({ tree, extent }: MovieMap, film: MapFilm, count: number): MapFilm[] {
  const whole = Math.hypot(extent.maxX - extent.minX, extent.maxY - extent.minY) || 1;
  // Rings that double, until one holds enough: the films of all others are farther away.
  for (let radius = whole / 512; ; radius *= 2) {
    const found = within(tree, film, radius);
    if (found.length >= count || radius > whole)
      return found
        .toSorted((one, other) => distance(film, one) - distance(film, other) || one.movieId - other.movieId)
        .slice(0, count);
  }
}

function within(tree: Quadtree<MapFilm>, centre: MapFilm, radius: number): MapFilm[] {
  const found: MapFilm[] = [];
  tree.visit((node, x0, y0, x1, y1) => {
    if (!('length' in node)) {
      for (let leaf: typeof node | undefined = node; leaf; leaf = leaf.next)
        if (leaf.data !== centre && distance(centre, leaf.data) <= radius) found.push(leaf.data);
    }
    return (
      x0 > centre.x + radius || x1 < centre.x - radius || y0 > centre.y + radius || y1 < centre.y - radius
    );
  });
  return found;
}

const distance = (one: MapFilm, other: MapFilm): number => Math.hypot(one.x - other.x, one.y - other.y);
