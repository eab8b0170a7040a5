import { describe, expect, it } from '@jest/globals';
import { FIRST_MAPPED_ID, IdColumn, readId, UNKNOWN_ID } from './idColumn.ts';
import { isPlainText, parseId } from './parseId.ts';
import { TextTable } from './textTable.ts';

const UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('an id', () => {
  it.each([
    ['0', 0],
    ['2147483647', 2_147_483_647],
    [' 7 ', 7],
    ['007', 7],
    ['00000000000000000007', 7],
    ['12.0', 12],
    ['12,0', 12],
    ['1,001', '1,001'],
    ['-0', 0],
    ['2147483648', '2147483648'],
    ['9223372036854775807', '9223372036854775807'],
    ['09223372036854775807.00', '9223372036854775807'],
    ['-5', '-5'],
    ['-05.0', '-5'],
    ['1e3', '1e3'],
    ['1.5', '1.5'],
    ['tt0111161', 'tt0111161'],
    [UUID, UUID],
    ['Ann Ō 🎬', 'Ann Ō 🎬'],
    ['nana', 'nana'],
    ...[
      '',
      ' ',
      'NaN',
      'NULL',
      'None',
      '\\N',
      'n/a',
      'a\tb',
      '9.22337E+18',
      '1e+17',
      '1,2E+17',
      'x'.repeat(201),
    ].map((text) => [text, null] as const),
  ] as const)('%j is %j', (text, expected) => expect(parseId(text)).toBe(expected));

  it('is a text from the number on that numbers must be below', () => {
    expect([
      parseId('999', 1_000),
      parseId('1000', 1_000),
      parseId('01000', 1_000),
      parseId('1000.0', 1_000),
    ]).toEqual([999, '1000', '1000', '1000']);
  });

  it('that is taken from the bytes is the one that is read from the text', () => {
    const texts = [
      UUID,
      'tt0111161',
      'bob',
      'B',
      '9223372036854775807',
      'a:b/c',
      '1e3',
      '-x',
      'Ann',
      'none2',
    ];
    for (const text of texts) {
      expect([text, isPlainText(bytesOf(text), 0, bytesOf(text).length)]).toEqual([text, true]);
      expect(parseId(text)).toBe(text);
    }
    for (const text of [
      '',
      'NaN',
      'null',
      'None',
      'n/a',
      '09223372036854775807',
      '-5',
      '12.0',
      '9.22337E+18',
      'a b',
      '"a"',
      'é',
      'x'.repeat(201),
    ])
      expect([text, isPlainText(bytesOf(text), 0, bytesOf(text).length)]).toEqual([text, false]);
  });
});

describe('a table of texts', () => {
  it('numbers each text once, in the order in which they come, however many there are', () => {
    const table = new TextTable();
    const texts = Array.from({ length: 5_000 }, (_, index) => `user ${(index * 7919) % 5_000} é小🎬`);
    expect(texts.map((text) => table.add(text))).toEqual(texts.map((_, index) => index));
    expect(texts.map((text) => table.find(text))).toEqual(texts.map((_, index) => index));
    expect(texts.map((_, index) => table.textOf(index))).toEqual(texts);
    expect(table.add(texts[17] ?? '')).toBe(17);
    expect([table.size, table.find('nobody')]).toEqual([5_000, -1]);
  });

  it('orders them by code point', () => {
    const table = new TextTable();
    const texts = ['b', 'a', 'ab', 'B', 'é', '🎬', '小', '\uFFFD', '10', '9'];
    for (const text of texts) table.add(text);
    expect(Array.from(table.inOrder(), (index) => table.textOf(index))).toEqual([
      '10',
      '9',
      'B',
      'a',
      'ab',
      'b',
      'é',
      '小',
      '\uFFFD',
      '🎬',
    ]);
  });
});

describe('a column of ids', () => {
  it('keeps plain numbers, and maps what else there is from its own range on', () => {
    const column = new IdColumn({ plainBelow: 1_000_000_000 });
    const read = (text: string) => readId(text, column);
    expect(['0', '999999999', '1000000000', UUID, '-1', UUID, '1000000000.0', ''].map(read)).toEqual([
      0,
      999_999_999,
      FIRST_MAPPED_ID,
      FIRST_MAPPED_ID + 1,
      FIRST_MAPPED_ID + 2,
      FIRST_MAPPED_ID + 1,
      FIRST_MAPPED_ID,
      null,
    ]);
  });

  it('gives final numbers when it is settled, and takes no further ids then', () => {
    const column = new IdColumn();
    for (const text of ['b', 'unused', 'a']) readId(text, column);
    column.settle(Int32Array.of(1_600_000_001, -1, 1_600_000_000));
    expect(['a', 'b', 'unused', 'c', '5'].map((text) => readId(text, column))).toEqual([
      1_600_000_000,
      1_600_000_001,
      UNKNOWN_ID,
      UNKNOWN_ID,
      5,
    ]);
    expect([...column.entries()]).toEqual([
      [1_600_000_000, 'a'],
      [1_600_000_001, 'b'],
    ]);
    expect([1_600_000_001, 5].map((number) => column.textOf(number))).toEqual(['b', '5']);
    expect(column.numMapped).toBe(2);
  });
});
