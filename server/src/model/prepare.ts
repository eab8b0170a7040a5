import {
  modelOfHandle,
  placeNewMovies,
  shareModel,
  toLoadedModel,
  withPlacedMovies,
  type LoadedModel,
  type MovieContent,
  type SharedModelHandle,
} from '@pocketrocket/model';
import { MovieTable } from '../catalogue/movieTable.ts';
import { contentsOf } from './modelOfCatalogue.ts';
import { readPlacements, writePlacements } from './placementFile.ts';
import type { Preparation } from './sharedModels.ts';

/** A preparation with what it is for. */
export interface PreparationOrder {
  preparation: Preparation;
  /** Number of threads to share the model among. */
  threads: number;
  /** File in which places of new movies are kept. */
  placementFile: string;
}

/** A prepared model, and what else became of it. */
export interface Prepared {
  handle: SharedModelHandle;
  /** Number of new movies in it whose places had to be found. */
  numPlaced: number;
  /** Why the places could not be kept for the next start; null where they were. */
  unkept: string | null;
}

/** Places a model in shared memory, with the new movies of a catalogue where they are given. @throws AppError ARTIFACT_INVALID */
export function prepare({ preparation, threads, placementFile }: PreparationOrder): Prepared {
  const { contents } = preparation;
  const model =
    'handle' in preparation ? modelOfHandle(preparation.handle) : toLoadedModel(preparation.artifact);
  if (contents === null) return { handle: shareModel(model, { threads }), numPlaced: 0, unkept: null };
  const { whole, ...placed } = withMoviesOf(model, contentsOf(new MovieTable(contents)), placementFile);
  return { handle: shareModel(whole, { threads }), ...placed };
}

function withMoviesOf(
  model: LoadedModel,
  movies: readonly MovieContent[],
  file: string,
): Omit<Prepared, 'handle'> & { whole: LoadedModel } {
  let unkept: string | null = null;
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      unkept = error instanceof Error ? error.message : String(error);
      return null;
    }
  };
  const before = attempt(() => readPlacements(file));
  const { placements, numPlaced } = placeNewMovies(model, movies, before);
  if (numPlaced > 0) attempt(() => writePlacements(file, placements));
  return { whole: withPlacedMovies(model, placements), numPlaced, unkept };
}
