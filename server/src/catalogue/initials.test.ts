import { describe, expect, it } from '@jest/globals';
import { initialsOf } from './initials.ts';
import { letterReadings, numberedParts } from './letterLikes.ts';

describe('initials', () => {
  it('are those of all words, with and without articles, and of each part', () => {
    expect(initialsOf('The Lord of the Rings: The Return of the King')).toEqual(
      expect.arrayContaining(['tlotrtrotk', 'lotrtrotk', 'lorrok', 'trotk', 'rotk']),
    );
    expect(initialsOf('The Dark Knight')).toContain('tdk');
  });

  it('hold numbers whole, however they are written', () => {
    expect(initialsOf('Terminator 2: Judgment Day')).toContain('t2jd');
    expect(initialsOf('Mission: Impossible III')).toContain('mi3');
    expect(initialsOf('Rocky II')).toEqual(['r2']);
  });

  it('are none of short titles and of scripts without words', () => {
    expect(initialsOf('Heat')).toEqual([]);
    expect(initialsOf('Pulp Fiction')).toEqual([]);
    expect(initialsOf('千と千尋の神隠し')).toEqual([]);
    expect(initialsOf('')).toEqual([]);
  });
});

describe('letter-likes', () => {
  it('are read as letters among letters alone', () => {
    expect(letterReadings('se7en')).toEqual(['seten', 'seven']);
    expect(letterReadings('s1m0ne')).toEqual(['simone', 'slmone']);
    for (const word of ['seven', '1917', 'x2', '7']) expect(letterReadings(word)).toEqual([]);
  });

  it('part a number from the letters before it', () => {
    expect(numberedParts('x2')).toEqual(['x', '2']);
    expect(numberedParts('terminator3')).toEqual(['terminator', '3']);
    expect(numberedParts('se7en')).toBeNull();
  });
});
