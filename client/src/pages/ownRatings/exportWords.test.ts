import { expect, it } from '@jest/globals';
import type { I18n } from '@lingui/core';
import { readPersonalExport } from '@pocketrocket/formats';
import { exportWords } from './exportWords.ts';

/** In a language that shares no word with English. */
const elsewhere = { _: () => '…' } as unknown as I18n;

const table = (...ratings: readonly string[]) =>
  ['Title,Year,Rating', ...ratings.map((rating) => `Heat,1995,${rating}`)].join('\n');

it.each([
  table('4.5', '3', '99'),
  table('8', '9', '7', '0'),
  'Title,Year,Liked\nHeat,1995,1\nJumanji,1995,1\nClue,1985,x\n',
  'Const,Your Rating,Date Rated,Title,Title Type\ntt1,,2020-01-01,Heat,movie\ntt2,8,2020-01-01,Lost,tvSeries\ntt3,8,2020-01-01,Clue,movie\n',
  'Name,Year,Rating,Date\nHeat,1995,9,2020-01-01\n,,5,2020-01-01\nClue,1985,4,2020-01-01\n',
])('are of the reader’s language, but for names (%#)', (text) => {
  const own = readPersonalExport([{ path: 'own.csv', bytes: new TextEncoder().encode(text) }]);
  const said = [own.service, ...own.leftOut.keys()].map((words) => exportWords(elsewhere, words));
  expect(said.length).toBeGreaterThan(1);
  for (const words of said) expect(words).toMatch(/^(?:IMDb|Letterboxd|…(?:: tvseries)?)$/);
});
