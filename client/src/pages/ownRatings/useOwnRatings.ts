import { useApolloClient } from '@apollo/client/react';
import { MAX_EXPORT_BYTES, readPersonalExport, type PersonalExport } from '@pocketrocket/formats';
import { useState } from 'react';
import { useSession } from '../../session/session.ts';
import { tasteStore, type Taste } from '../../taste/taste.ts';
import { problemOf, sentence, type Problem } from '../forms/problems.ts';
import { ratingsToImport, rowsToMatch, type FoundMovie, type OwnFilm } from './films.ts';
import { matchFilms, storeRatings, undoImport, type StoredCounts } from './operations.ts';

/** The step that the visitor is at. */
export type Step =
  | { name: 'choose' }
  | { name: 'working'; what: 'reading' | 'storing' | 'undoing'; done: number; total: number }
  | { name: 'settle'; own: PersonalExport; films: readonly OwnFilm[]; importId: string }
  | { name: 'done'; counts: StoredCounts; undo: () => Promise<void> }
  | { name: 'undone'; restored: number; kept: number };

export interface OwnRatings {
  step: Step;
  /** Why the last step failed. */
  problem: Problem | undefined;
  readFiles: (files: readonly File[]) => Promise<void>;
  /** Settles a film; null leaves it out. */
  choose: (place: number, movie: FoundMovie | null) => void;
  save: (withHearts: boolean) => Promise<void>;
  undo: (importId: string) => Promise<void>;
  startOver: () => void;
}

/** Leads from a file to stored ratings: those of an account, else the taste in this browser. */
export function useOwnRatings(): OwnRatings {
  const client = useApolloClient();
  const { session } = useSession();
  const [step, setStep] = useState<Step>({ name: 'choose' });
  const [problem, setProblem] = useState<Problem>();

  /** Does a step's work; where that fails, the step before stays. */
  async function attempt(before: Step, work: () => Promise<Step>) {
    setProblem(undefined);
    try {
      setStep(await work());
    } catch (error) {
      setProblem(
        error instanceof UnreadableFile ? { text: sentence(error.message), field: null } : problemOf(error),
      );
      setStep(before);
    }
  }

  const working = (what: 'reading' | 'storing' | 'undoing') => (done: number, total: number) =>
    setStep({ name: 'working', what, done, total });

  const undo = (importId: string) =>
    attempt(step, async () => {
      working('undoing')(0, 0);
      const { restoredCount, keptCount } = await undoImport(client, importId);
      return { name: 'undone', restored: restoredCount, kept: keptCount };
    });

  return {
    step,
    problem,
    undo,
    readFiles: (files) =>
      attempt({ name: 'choose' }, async () => {
        working('reading')(0, 0);
        const own = await readExport(files);
        const films = await matchFilms(client, rowsToMatch(own.rows), working('reading'));
        // One name for all tries: what a try that broke off has stored is part of the import.
        return { name: 'settle', own, films, importId: newImportId() };
      }),
    choose(place, movie) {
      if (step.name !== 'settle') return;
      setStep({ ...step, films: step.films.with(place, { ...film(step.films, place), movie }) });
    },
    save: (withHearts) =>
      attempt(step, async () => {
        if (step.name !== 'settle') return step;
        const ratings = ratingsToImport(step.films, withHearts);
        if (!session) return bringToTaste(ratings, setStep);
        const { importId } = step;
        const counts = await storeRatings(client, importId, ratings, working('storing'));
        return { name: 'done', counts, undo: () => undo(importId) };
      }),
    startOver() {
      setProblem(undefined);
      setStep({ name: 'choose' });
    },
  };
}

/** Random, also where the page came without TLS, and so without `crypto.randomUUID`. */
const newImportId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');

function film(films: readonly OwnFilm[], place: number): OwnFilm {
  const found = films[place];
  if (!found) throw new RangeError(`there is no film ${place}`);
  return found;
}

function bringToTaste(ratings: ReturnType<typeof ratingsToImport>, setStep: (step: Step) => void): Step {
  const before: Taste = tasteStore.get();
  tasteStore.bring(ratings.map(({ movieId, rating }) => ({ movieId, rating })));
  const stored = tasteStore.get().own.length;
  return {
    name: 'done',
    counts: { stored, unchanged: 0, kept: 0 },
    undo: async () => {
      tasteStore.restore(before);
      setStep({ name: 'undone', restored: stored, kept: 0 });
    },
  };
}

/** A file that is no export, in words that say what to choose instead. */
class UnreadableFile extends Error {}

async function readExport(files: readonly File[]): Promise<PersonalExport> {
  checkSize(files);
  const read = await Promise.all(files.map(toExportFile));
  try {
    return readPersonalExport(read);
  } catch (error) {
    throw new UnreadableFile(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Before they are read into memory. */
function checkSize(files: readonly File[]): void {
  const tooLarge = files.find(({ size }) => size > MAX_EXPORT_BYTES);
  if (tooLarge)
    throw new UnreadableFile(
      `${tooLarge.name} is larger than an export may be (${MAX_EXPORT_BYTES / 1_000_000} MB): choose the files of ratings alone.`,
    );
}

async function toExportFile(file: File) {
  return { path: file.webkitRelativePath || file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
