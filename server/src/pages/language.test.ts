import { describe, expect, it } from '@jest/globals';
import { languageFor } from './language.ts';

const known = ['en', 'de'];
const choose = (wishes: { search?: string; cookie?: string; acceptLanguage?: string }) =>
  languageFor({ search: '', cookie: undefined, acceptLanguage: undefined, ...wishes }, known);

describe('the language of a page', () => {
  it('is the address’s, then the one chosen before, then the browser’s', () => {
    const browser = { acceptLanguage: 'fr-FR, de-AT;q=0.9, en;q=0.8' };
    expect(choose(browser)).toBe('de');
    expect(choose({ ...browser, cookie: 'a=b; language=en' })).toBe('en');
    expect(choose({ ...browser, cookie: 'language=en', search: '?lang=de' })).toBe('de');
  });

  it('is the first one where nothing known is wanted', () => {
    for (const acceptLanguage of ['', '*', 'fr', ';;;q=', 'de;q=0', 'constructor', 'x'.repeat(10_000)])
      expect(choose({ acceptLanguage })).toBe('en');
    expect(choose({ search: '?lang=__proto__', cookie: 'language=../../etc' })).toBe('en');
  });
});
