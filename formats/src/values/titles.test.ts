import { describe, expect, it } from '@jest/globals';
import { isDamaged, parseMovieLensTitle } from './titles.ts';

describe('parseMovieLensTitle', () => {
  it.each<[string, string, number | null, string[]]>([
    ['Usual Suspects, The (1995)', 'The Usual Suspects', 1995, []],
    ['Toy Story (1995)', 'Toy Story', 1995, []],
    ['Tom &amp; J&eacute;r&ocirc;me &quot;X&quot; &lt;3 &#x263a; (1954)', 'Tom & Jérôme "X" <3 ☺', 1954, []],
    ['Fish&Chips; &nosign; &#9999999; (1954)', 'Fish&Chips; &nosign; &#9999999;', 1954, []],
    ["Avventura, L' (Adventure, The) (1960)", "L'Avventura", 1960, ['The Adventure']],
    [
      "Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)",
      'Amelie',
      2001,
      ["Le Fabuleux destin d'Amélie Poulain"],
    ],
    [
      'Vitelloni, I (a.k.a. The Young and the Passionate) (1953)',
      'I Vitelloni',
      1953,
      ['The Young and the Passionate'],
    ],
    ['Weekend (a.k.a. Le Week-end) (Week End) (1967)', 'Weekend', 1967, ['Le Week-end', 'Week End']],
    ['Passion of Anna, The (Passion, En) (1969)', 'The Passion of Anna', 1969, ['En Passion']],
    ['Divo, Il (2008)', 'Il Divo', 2008, []],
    ['Boot, Das (Boat, The) (1981)', 'Das Boot', 1981, ['The Boat']],
    ['Olvidados, Los (1950)', 'Los Olvidados', 1950, []],
    ['Femme est une femme, Une (1961)', 'Une Femme est une femme', 1961, []],
    ['Good, the Bad and the Ugly, The (1966)', 'The Good, the Bad and the Ugly', 1966, []],
    ['I Love You, Man (2009)', 'I Love You, Man', 2009, []],
    ['Fawlty Towers (1975-1979)', 'Fawlty Towers', 1975, []],
    ['Death Note: Desu nôto (2006–2007)', 'Death Note: Desu nôto', 2006, []],
    ['Going On (2019- )', 'Going On', 2019, []],
    ['Quiet Orchard, A (1988) (V)', 'A Quiet Orchard', 1988, []],
    ['Quiet Orchard, A (TV) (1988)', 'A Quiet Orchard', 1988, []],
    ['Quiet Orchard, A (1988) (TV)', 'A Quiet Orchard', 1988, []],
    ['Orchard Wars (1999) (VG)', 'Orchard Wars', 1999, []],
    ['Orchard (1995/II)', 'Orchard', 1995, []],
    ['Orchard [1995]', 'Orchard', 1995, []],
    ['Orchard (1995 )', 'Orchard', 1995, []],
    ['Orchard (c. 1995)', 'Orchard', 1995, []],
    ['Orchard (1995/II) (TV)', 'Orchard', 1995, []],
    ['Orchard (II) (1995)', 'Orchard', 1995, []],
    ['Orchard (TV Movie 1995)', 'Orchard', 1995, []],
    ['Orchard (TV Series 1995–1999)', 'Orchard', 1995, []],
    ['Orchard (1995–1999)', 'Orchard', 1995, []],
    ['Orchard (1995-)', 'Orchard', 1995, []],
    ['Orchard (Verger, Le) (1995) (V)', 'Orchard', 1995, ['Le Verger']],
    ['(V)', '(V)', null, []],
    ['Orchard (Video Diary) (1995)', 'Orchard', 1995, ['Video Diary']],
    ['Orchard\nof Glass (1995)', 'Orchard of Glass', 1995, []],
    ['Babylon 5', 'Babylon 5', null, []],
    ['unknown', 'unknown', null, []],
    ['(1922)', '(1922)', null, []],
    ['1984 (Nineteen Eighty-Four) (1984)', '1984', 1984, ['Nineteen Eighty-Four']],
    ['(500) Days of Summer (2009)', '(500) Days of Summer', 2009, []],
    ['Frontière(s) (2007)', 'Frontière(s)', 2007, []],
    [
      'Birdman: Or (The Unexpected Virtue of Ignorance) (2014)',
      'Birdman: Or (The Unexpected Virtue of Ignorance)',
      2014,
      [],
    ],
    ['Long Story (Part II) (1999)', 'Long Story (Part II)', 1999, []],
    ['Nested (Other (Inner) Name, The) (1980)', 'Nested', 1980, ['The Other (Inner) Name']],
    ['Same (Same) (1980)', 'Same', 1980, []],
    ['Et Dieu&#8230;cr&#233;a (1956) ', 'Et Dieu…créa', 1956, []],
  ])('%s', (text, title, releaseYear, alternativeTitles) => {
    expect(parseMovieLensTitle(text)).toEqual({ title, releaseYear, alternativeTitles });
  });
});

it.each([
  ['Ã©mile', true],
  ['â€œLiveâ€', true],
  ['�mile', true],
  ['Émile Ãvila', false],
  ['São Âmbar', false],
])('letters of %j were lost: %j', (title, isLost) => expect(isDamaged(title)).toBe(isLost));
