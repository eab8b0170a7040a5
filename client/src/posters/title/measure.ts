import { FONT_WIDTHS, MEASURED_CHARACTERS } from './fontWidths.ts';
import { VOICES, type VoiceName } from './voices.ts';

const INDEX_OF = new Map([...MEASURED_CHARACTERS].map((character, index) => [character, index]));
const COMBINING_MARKS = /\p{Mn}/gu;

/** What a letter of another script may take at most: the browser sets it in some fallback font. */
const UNKNOWN_WIDTH_EM = 1.1;

/** Width of a text in em of its voice, by a table of advance widths: the same on server and client. */
export function textWidth(voiceName: VoiceName, text: string): number {
  const voice = VOICES[voiceName];
  const widths = FONT_WIDTHS[voiceName];
  const letters = [
    ...(voice.uppercase ? text.toUpperCase() : text).normalize('NFD').replace(COMBINING_MARKS, ''),
  ];
  return letters.reduce((width, letter) => {
    const thousandths = widths[INDEX_OF.get(letter) ?? -1];
    return width + (thousandths === undefined ? UNKNOWN_WIDTH_EM : thousandths / 1000) + voice.tracking;
  }, 0);
}
