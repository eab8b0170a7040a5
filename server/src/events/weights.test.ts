import { describe, expect, it } from '@jest/globals';
import type { StoredEventKind } from '@pocketrocket/schema/database';
import { arrivingAfter, dismissedSince, weightOf, type WeighedEvent } from './weights.ts';

/** An event: kind, time and value. */
type Told = [kind: StoredEventKind, at: number, value?: number];

const eventsOf = (told: readonly Told[]): WeighedEvent[] =>
  told.map(([kind, at, value], place) => ({
    kind,
    value: value ?? null,
    occurredAtSeconds: at,
    receivedAtSeconds: 1_000,
    place,
  }));

/** All orders in which events can come. */
function* orders<T>(list: readonly T[]): Generator<T[]> {
  if (list.length === 0) yield [];
  for (const [at, first] of list.entries())
    for (const rest of orders(list.toSpliced(at, 1))) yield [first, ...rest];
}

const RATED: [name: string, told: Told[], halfStars: number | null, at?: number][] = [
  ['nothing', [], null],
  [
    'what was shown, looked at and followed',
    [
      ['impression', 1],
      ['view', 2],
      ['click', 3],
    ],
    null,
  ],
  ['what was liked', [['like', 5]], 10, 5],
  ['what was disliked', [['dislike', 5]], 2, 5],
  ['nine tenths watched', [['watch', 5, 900]], 9, 5],
  ['less than nine tenths', [['watch', 5, 899]], 8, 5],
  ['six tenths', [['watch', 5, 600]], 8, 5],
  ['a third', [['watch', 5, 333]], 6, 5],
  ['a tenth', [['watch', 5, 100]], 5, 5],
  ['less than a tenth', [['watch', 5, 99]], null],
  [
    'a film that was looked into again',
    [
      ['watch', 5, 950],
      ['watch', 9, 200],
    ],
    9,
    5,
  ],
  [
    'a film that was watched further',
    [
      ['watch', 5, 200],
      ['watch', 9, 950],
    ],
    9,
    9,
  ],
  [
    'the later of two ratings',
    [
      ['rating', 9, 3],
      ['rating', 5, 8],
    ],
    3,
    9,
  ],
  [
    'a rating that is earlier than a like',
    [
      ['rating', 5, 4],
      ['like', 9],
    ],
    4,
    5,
  ],
  [
    'a like that is earlier than a dislike',
    [
      ['like', 5],
      ['dislike', 9],
    ],
    2,
    9,
  ],
  [
    'a dislike and a film that was watched',
    [
      ['dislike', 5],
      ['watch', 9, 1000],
    ],
    2,
    5,
  ],
  [
    'a rating besides all others',
    [
      ['click', 1],
      ['watch', 2, 500],
      ['like', 3],
      ['rating', 1, 7],
      ['dismiss', 4],
    ],
    7,
    1,
  ],
];

describe('the rating of events', () => {
  it.each(RATED)('is that of %s, in whatever order they come', (...[, told, halfStars, at]) => {
    const expected = halfStars === null ? null : { halfStars, ratedAtSeconds: at };
    for (const order of orders(eventsOf(told))) expect(weightOf(order)).toEqual(expected);
  });

  it('is that of the later one of two of the same second', () => {
    for (const order of orders(
      eventsOf([
        ['like', 5],
        ['dislike', 5],
      ]),
    ))
      expect(weightOf(order)).toEqual({ halfStars: 2, ratedAtSeconds: 5 });
    const [one, other] = eventsOf([
      ['rating', 5, 8],
      ['rating', 5, 3],
    ]);
    if (!one || !other) throw new Error('there are two');
    const later = { ...one, receivedAtSeconds: 1_001 };
    for (const order of orders([later, other])) expect(weightOf(order)?.halfStars).toBe(8);
  });
});

describe('a movie', () => {
  it.each<[string, Told[], number | null]>([
    ['is not dismissed by itself', [['like', 1]], null],
    ['is dismissed', [['dismiss', 3]], 3],
    [
      'is dismissed until it is restored',
      [
        ['dismiss', 3],
        ['restore', 4],
      ],
      null,
    ],
    [
      'stays dismissed where it was restored before',
      [
        ['restore', 2],
        ['dismiss', 3],
      ],
      3,
    ],
    [
      'is dismissed again',
      [
        ['dismiss', 1],
        ['restore', 2],
        ['dismiss', 3],
      ],
      3,
    ],
  ])('%s, in whatever order the events come', (_name, told, since) => {
    for (const order of orders(eventsOf(told))) expect(dismissedSince(order)).toBe(since);
  });
});

describe('an event arrives', () => {
  const [stored, next] = eventsOf([
    ['like', 5],
    ['dislike', 5],
  ]) as [WeighedEvent, WeighedEvent];

  it.each([
    ['in the same second of another call', { place: 0 }],
    ['at a server whose clock is behind', { place: 0, receivedAtSeconds: 990 }],
    ['later', { place: 0, receivedAtSeconds: 1_001 }],
  ])('behind what is stored: %s', (_, more) => {
    const arrived = arrivingAfter([stored], { ...next, ...more });
    for (const events of orders([stored, arrived])) expect(weightOf(events)?.halfStars).toBe(2);
    const another = arrivingAfter([stored, arrived], { ...stored });
    for (const events of orders([stored, arrived, another])) expect(weightOf(events)?.halfStars).toBe(10);
  });

  it('as it is where nothing is stored', () => {
    expect(arrivingAfter([], next)).toBe(next);
  });
});
