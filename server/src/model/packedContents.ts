import type { MovieContent } from '@pocketrocket/model';
import type { Catalogue, CatalogueMovie } from '../catalogue/catalogue.ts';
import { Turns } from '../timing/turns.ts';

/** The content of a whole catalogue in few pieces, which another thread is sent in no time. */
export interface PackedContents {
  /** [movies] */
  movieIds: Int32Array;
  /** [movies] {@link NO_YEAR} where unknown. */
  years: Int32Array;
  /** [movies + 1] */
  genreOffsets: Int32Array;
  genreIds: Int32Array;
  /** Titles in order, many in a piece, with {@link BETWEEN} after each. */
  titles: string[];
}

const NO_YEAR = -(2 ** 31);
const BETWEEN = '\0';
const TITLES_OF_PIECE = 2_000;

/** Packs the content of all movies, in turns of the event loop. */
export async function packContents({ movies }: Catalogue): Promise<PackedContents> {
  const genreOffsets = new Int32Array(movies.length + 1);
  movies.forEach(
    ({ genreIds }, place) => (genreOffsets[place + 1] = (genreOffsets[place] ?? 0) + genreIds.length),
  );
  const packed: PackedContents = {
    movieIds: new Int32Array(movies.length),
    years: new Int32Array(movies.length),
    genreOffsets,
    genreIds: new Int32Array(genreOffsets[movies.length] ?? 0),
    titles: [],
  };
  const turns = new Turns();
  for (let start = 0; start < movies.length; start += TITLES_OF_PIECE) {
    await turns.yieldIfLong();
    packPiece(packed, movies.slice(start, start + TITLES_OF_PIECE), start);
  }
  return packed;
}

function packPiece(packed: PackedContents, movies: readonly CatalogueMovie[], start: number): void {
  let titles = '';
  movies.forEach(({ movieId, title, releaseYear, genreIds }, index) => {
    packed.movieIds[start + index] = movieId;
    packed.years[start + index] = releaseYear ?? NO_YEAR;
    packed.genreIds.set(genreIds, packed.genreOffsets[start + index]);
    titles += title.replaceAll(BETWEEN, ' ') + BETWEEN;
  });
  packed.titles.push(titles);
}

/** The way back, as a model takes movies; see `contentOf`. */
export function unpackContents({
  movieIds,
  years,
  genreOffsets,
  genreIds,
  titles,
}: PackedContents): MovieContent[] {
  const allTitles = titles.flatMap((piece) => piece.split(BETWEEN).slice(0, -1));
  return Array.from(movieIds, (movieId, place) => ({
    movieId,
    title: allTitles[place] ?? '',
    releaseYear: years[place] === NO_YEAR ? null : (years[place] ?? null),
    genres: Array.from(genreIds.subarray(genreOffsets[place], genreOffsets[place + 1]), String),
  }));
}
