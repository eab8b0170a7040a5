import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { setupI18n } from '@lingui/core';
import { genreWordsOf } from './genres.ts';
import { GENRE_TEXTS } from './genreTexts.ts';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));
/** A genre's name as text of a page, or in one. */
const SHOWN =
  /(?<![=$\w])\{(?:\w+\??\.)*genre(?:\??\.name)?\}|(?<!=\{\w+\.)\b[a-z]+Genre\?\.name\b|enres\.join\(', '/;

/** The genres in a language that shares no word with English. */
const elsewhere = setupI18n({
  locale: 'de',
  messages: { de: Object.fromEntries(GENRE_TEXTS.map(({ id, message = '' }) => [id, `:${message}`])) },
});

describe('the names of genres', () => {
  it('are in the words of the language, but for those that no data set of MovieLens has', () => {
    const { genreName } = genreWordsOf(elsewhere);
    expect(GENRE_TEXTS).toHaveLength(20);
    for (const { message = '' } of GENRE_TEXTS) expect(genreName(message)).toBe(`:${message}`);
    expect(genreName('Heimatfilm')).toBe('Heimatfilm');
    expect(genreName('constructor')).toBe('constructor');
  });

  it('are shown so at every place of the portal', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.tsx') && !/\.test\.|^gallery/.test(file),
    );
    expect(files.length).toBeGreaterThan(100);
    const raw = files.filter((file) => {
      const source = readFileSync(join(SOURCES, file), 'utf8');
      return SHOWN.test(source) && !/\b(?:useGenreWords|genreWordsOf)\(/.test(source);
    });
    expect(raw).toEqual([]);
  });
});
