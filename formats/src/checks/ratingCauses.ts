import type { TableNotes } from '../rows/rows.ts';
import { describeRange, guessScale, piledZeros } from './guessScale.ts';
import { causeOfMisfit } from './misfits.ts';
import { CAUSE_OF_BAD_IDS, type ProblemKind } from './problems.ts';
import type { RatingChecker } from './ratingChecker.ts';

/** A file of ratings that was read. */
export interface ReadRatings {
  checker: RatingChecker;
  notes: TableNotes | undefined;
}

/**
 * The likely cause of a problem of a file of ratings, and what mends it; null where nothing is known.
 * @param causeOfUnknown says why movies are not known: which rows of theirs could not be read, or that ids are written otherwise; null or absent where nobody knows
 */
export function causeOfRatings(
  kind: ProblemKind,
  { checker, notes }: ReadRatings,
  causeOfUnknown?: string | null,
): string | null {
  switch (kind) {
    case 'ratingOffScale':
      return causeOfScale(checker, notes);
    case 'badTime':
      return checker.times.cause(checker.options.timeUnit);
    case 'columnCount':
      return notes ? causeOfMisfit(notes) : null;
    case 'unknownMovie':
      return causeOfUnknown ?? 'the file of movies is of another data set, or not whole';
    case 'noRating':
      return 'these movies were watched and not rated';
    case 'badId':
      return CAUSE_OF_BAD_IDS;
    default:
      return null;
  }
}

/**
 * Why a column can hardly be stars although its ratings could be read as stars: only zeros and ones, numbers of plays, whole numbers to 10 of which few are above 5; null where
 * nothing is wrong. Saying how ratings are written ends the doubt.
 */
export function doubtOfScale({ checker, notes }: ReadRatings): string | null {
  if (checker.options.scale !== null) return doubtOfZeros(checker);
  const guess = guessScale(checker.ratings.facts(), nameOfRatings(notes));
  if (!guess?.isCertain) return null;
  return `${guess.cause}\nnothing was changed; if they are stars all the same, say so with --scale stars`;
}

/** Zeros that are hardly the worst of a scale. */
function doubtOfZeros({ options: { scale }, ratings }: RatingChecker): string | null {
  if (scale !== '10' && scale !== '100') return null;
  const { values, count } = ratings.facts();
  const numPiled = piledZeros(values, scale);
  return numPiled === 0
    ? null
    : `${numPiled} of ${count} ratings are 0, far more than any other low rating: 0 often stands for "not rated"\n` +
        'nothing was changed; remove these rows, or, if 0 is the worst all the same, take them with --allow-skipped';
}

/** Why a column of times can hardly be seconds although it could be read as such; null where nothing is wrong, or a unit was said. */
export function doubtOfTimes({ checker }: Pick<ReadRatings, 'checker'>): string | null {
  const doubt = checker.options.timeUnit === null ? checker.times.doubt() : null;
  return (
    doubt &&
    `${doubt}\nnothing was changed; if they are seconds since 1970 all the same, say so with --time-unit s`
  );
}

/** A doubt about ratings or times that does not stop a reading; null where there is none. */
export function noteOfRatings({ checker, notes }: ReadRatings): string | null {
  const doubt = doubtOfScale({ checker, notes }) ?? doubtOfTimes({ checker });
  if (doubt !== null) return doubt.split('\n')[0] ?? null;
  return noteOfScale({ checker, notes }) ?? (checker.options.timeUnit === null ? checker.times.note() : null);
}

function noteOfScale({ checker, notes }: ReadRatings): string | null {
  const { scale } = checker.options;
  if (scale === null) return lowNote(checker, notes);
  if (scale !== '10' && scale !== '100') return null;
  const facts = checker.ratings.facts();
  const highest = [...facts.values.keys()].at(-1) ?? 0;
  if (facts.count < LEAST_DOUBTED || highest > Number(scale) / 2) return null;
  const guess = guessScale(facts, nameOfRatings(notes));
  const option = guess?.scale ? `--scale ${guess.scale}` : 'no --scale';
  return `with --scale ${scale} no rating is above ${Number(scale) / 2}: they go ${describeRange(facts)}. Was ${option} meant?`;
}

const LEAST_DOUBTED = 20;

/** Says why ratings that were read as stars may be none; null where nothing speaks for it. */
function lowNote({ ratings }: RatingChecker, notes: TableNotes | undefined): string | null {
  const facts = ratings.facts();
  const highest = [...facts.values.keys()].at(-1) ?? 0;
  return highest > 4 ? null : (guessScale(facts, nameOfRatings(notes))?.cause ?? null);
}

function causeOfScale(checker: RatingChecker, notes: TableNotes | undefined): string | null {
  const facts = checker.ratings.facts();
  const guess = guessScale(facts, nameOfRatings(notes));
  const { scale } = checker.options;
  if (scale === 'counts')
    return `counts go ${describeRange(facts)}: what is no number from 0 on is none; --allow-skipped leaves it out`;
  if (guess) {
    return scale !== null && guess.scale === scale
      ? `ratings go ${describeRange(facts)}: some are beyond the scale`
      : guess.cause;
  }
  const [word] = facts.words.keys();
  if (facts.count === 0 || word !== undefined) {
    const which = facts.count === 0 ? 'ratings' : 'some ratings';
    const what = word === undefined ? '' : `, but such as ${word}`;
    return `${which} are no numbers${what}: is another column the rating? If not, write numbers from 0.5 to 5 in their place`;
  }
  const isOther = scale !== null && scale !== 'stars';
  return `ratings go ${describeRange(facts)}${isOther ? `: they look like stars; leave out --scale ${scale}` : ''}`;
}

function nameOfRatings(notes: TableNotes | undefined): string {
  return notes?.columns['rating'] ?? '';
}
