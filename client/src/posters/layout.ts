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
  const words = title.trim().split(/\s+/);
  let best: { lines: TitleLine[]; score: number } | undefined;
  for (let count = 1; count <= Math.min(MAX_LINES, words.length); count++) {
    const lines = breakEvenly(words, count, voice);
    const sized = align === 'justify' ? justified(lines, voice, box) : uniform(lines, voice, box);
    if (!best || sized.score > best.score * LINE_GAIN) best = sized;
  }
  return best?.lines ?? [];
}

/** Height of the set lines in poster units. */
export const linesHeight = (lines: readonly TitleLine[], voice: VoiceName): number =>
  lines.reduce((height, { size }) => height + size * VOICES[voice].leading, 0);

interface MeasuredLine {
  text: string;
  /** In em. */
  width: number;
}

/** The breaks that make the longest of `count` lines shortest, by dynamic programming over (lines, words). */
function breakEvenly(words: readonly string[], count: number, voice: VoiceName): MeasuredLine[] {
  const line = (from: number, to: number): MeasuredLine => {
    const text = words.slice(from, to).join(' ');
    return { text, width: textWidth(voice, text) };
  };
  // rows[k][j]: the first j words in k + 1 lines.
  let row = words.map((_, index) => ({ longest: line(0, index + 1).width, lines: [line(0, index + 1)] }));
  for (let lines = 2; lines <= count; lines++) {
    row = row.map((unbroken, index) => {
      let best = unbroken;
      for (let breakAfter = lines - 2; breakAfter < index; breakAfter++) {
        const head = row[breakAfter];
        if (!head || head.lines.length < lines - 1) continue;
        const tail = line(breakAfter + 1, index + 1);
        const longest = Math.max(head.longest, tail.width);
        if (best.lines.length < lines || longest < best.longest)
          best = { longest, lines: [...head.lines, tail] };
      }
      return best;
    });
  }
  return row.at(-1)?.lines ?? [];
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
