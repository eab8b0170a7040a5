import { expect, it } from '@jest/globals';
import { seededRandom } from '@pocketrocket/engine';
import { BestPlaces } from './bestPlaces.ts';

it.each([0, 1, 2, 7, 100, 1_000])('the best %i places are those of a sorted list, ties by place', (most) => {
  const random = seededRandom(most);
  const offered = Array.from({ length: 500 }, (_, place) => ({ place, score: Math.floor(50 * random()) }));
  const sorted = [...offered].sort((a, b) => b.score - a.score || a.place - b.place);
  for (const order of [offered, sorted, [...sorted].reverse()]) {
    const best = new BestPlaces(most);
    for (const { place, score } of order) best.offer(place, score);
    expect(best.sorted()).toEqual(sorted.slice(0, most));
  }
});
