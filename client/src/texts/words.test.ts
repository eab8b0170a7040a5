import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const GERMAN = fileURLToPath(new URL('de.po', import.meta.url));
/** Words that German texts leave to another one, which stands beside them. */
const LEFT = [
  ['Bewertung', /\bWertung(?:en)?\b/],
  ['Film', /\bMovies?\b/],
  ['Konto', /\bAccounts?\b/],
  ['Merkliste', /\bWatchlists?\b/],
  ['Plakat', /\bPosters?\b/],
  ['Playground', /\bSpielwiese\b/],
] as const;

it('calls each thing by one word in German', () => {
  const texts = [...readFileSync(GERMAN, 'utf8').matchAll(/^msgstr "(.*)"$/gm)].map(([, text = '']) => text);
  expect(texts.length).toBeGreaterThan(900);
  const others = LEFT.flatMap(([word, other]) =>
    texts.filter((text) => other.test(text)).map((text) => `${word}: ${text}`),
  );
  expect(others).toEqual([]);
});
