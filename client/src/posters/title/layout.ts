import { textWidth } from './measure.ts';
import { VOICES, type VoiceName } from './voices.ts';

/** In poster units: the poster is 400 × 600. */
export interface TitleBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `justify` gives every line its own size, so that all are equally wide; the others share one size. */
export type TitleAlign = 'left' | 'center' | 'justify';

export interface TitleLine {
  readonly text: string;
  /** Font size in poster units. */
  readonly size: number;
}

const MAX_LINES = 5;
/** One more line has to pay in size. */
const LINE_GAIN = 1.06;

/** Breaks a title into one to five lines, as large as its box allows. */
export function layoutTitle(title: string, voice: VoiceName, box: TitleBox, align: TitleAlign): TitleLine[] {
  const words = measured(title, voice);
  let best: { lines: TitleLine[]; score: number } | undefined;
  for (let count = 1; count <= Math.min(MAX_LINES, words.words.length); count++) {
    const lines = breakEvenly(words, count);
    const sized = align === 'justify' ? justified(lines, voice, box) : uniform(lines, voice, box);
    if (!best || sized.score > best.score * LINE_GAIN) best = sized;
  }
  return best?.lines ?? [];
}

/** Height of the set lines in poster units. */
export const linesHeight = (lines: readonly TitleLine[], voice: VoiceName): number =>
  lines.reduce((height, { size }) => height + size * VOICES[voice].leading, 0);

interface MeasuredLine {
  readonly text: string;
  /** In em. */
  readonly width: number;
}

interface Breaking {
  readonly longest: number;
  /** Where each line starts, as a word's index. */
  readonly starts: readonly number[];
}

/** The breaks that make the longest of `count` lines shortest, by dynamic programming over (lines, words). */
function breakEvenly({ words, widthOf }: MeasuredWords, count: number): MeasuredLine[] {
  // row[j]: the first j + 1 words in as many lines as the row's turn; undefined where the words are too few.
  let row: (Breaking | undefined)[] = words.map((_, last) => ({
    longest: widthOf(0, last + 1),
    starts: [0],
  }));
  for (let lines = 2; lines <= count; lines++) {
    row = words.map((_, last) => {
      let best: Breaking | undefined;
      for (let start = lines - 1; start <= last; start++) {
        const head = row[start - 1];
        if (!head) continue;
        const longest = Math.max(head.longest, widthOf(start, last + 1));
        if (!best || longest < best.longest) best = { longest, starts: [...head.starts, start] };
      }
      return best;
    });
  }
  const starts = row.at(-1)?.starts ?? [0];
  return starts.map((start, line) => {
    const end = starts[line + 1] ?? words.length;
    return { text: words.slice(start, end).join(' '), width: widthOf(start, end) };
  });
}

interface MeasuredWords {
  readonly words: readonly string[];
  /** Width in em of the words from `start` up to `end`, which is not included, with single spaces. */
  readonly widthOf: (start: number, end: number) => number;
}

function measured(title: string, voice: VoiceName): MeasuredWords {
  const words = title.trim().split(/\s+/);
  const space = textWidth(voice, ' ');
  const upTo = [0];
  for (const word of words) upTo.push((upTo.at(-1) ?? 0) + textWidth(voice, word) + space);
  return { words, widthOf: (start, end) => (upTo[end] ?? 0) - (upTo[start] ?? 0) - space };
}

function uniform(lines: readonly MeasuredLine[], voice: VoiceName, box: TitleBox) {
  const { maxSize, leading } = VOICES[voice];
  const longest = Math.max(...lines.map(({ width }) => width));
  const size = Math.min(maxSize, box.width / longest, box.height / (lines.length * leading));
  return { lines: lines.map(({ text }) => ({ text, size })), score: size };
}

/** Scored by the area that the letters cover. */
function justified(lines: readonly MeasuredLine[], voice: VoiceName, box: TitleBox) {
  const { maxSize, leading } = VOICES[voice];
  const full = lines.map(({ text, width }) => ({ text, width, size: Math.min(maxSize, box.width / width) }));
  const height = full.reduce((sum, { size }) => sum + size * leading, 0);
  const shrink = Math.min(1, box.height / height);
  const score = full.reduce((sum, { width, size }) => sum + width * (size * shrink) ** 2, 0);
  return { lines: full.map(({ text, size }) => ({ text, size: size * shrink })), score };
}
