/** Digits that are read as letters. */
const READ_AS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'il',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 'tv',
  '8': 'b',
};
const MIXED = /^(?=.*\p{L})(?=.*\d)[\p{L}\d]+$/u;
/** A number behind letters, which is one: "x2". */
const NUMBERED = /^\p{L}+\d+$/u;
const MOST_READINGS = 8;

/** The words that a folded word with digits among its letters is read as, such as "seven" for "se7en"; most have none. */
export function letterReadings(word: string): string[] {
  if (!MIXED.test(word)) return [];
  let readings = [''];
  for (const character of word) {
    const letters = [...(READ_AS[character] ?? character)];
    readings = readings
      .flatMap((reading) => letters.map((letter) => reading + letter))
      .slice(0, MOST_READINGS);
  }
  return readings.filter((reading) => !/\d/.test(reading));
}

/** The letters and the number of a word that ends with one, such as "x" and "2"; else null. */
export function numberedParts(word: string): [letters: string, number: string] | null {
  if (!NUMBERED.test(word)) return null;
  const digits = /\d+$/.exec(word)?.[0] ?? '';
  return [word.slice(0, -digits.length), digits];
}
