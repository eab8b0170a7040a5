import { describe, expect, it } from '@jest/globals';
import { randomInt, seededRandom } from '../random/random.ts';
import type { Random } from '../random/random.ts';
import { sampleNegatives } from './negatives.ts';

/** Shuffles the whole list of unseen items, of which {@link sampleNegatives} holds a few places alone. */
function byWholeList(numItems: number, seen: readonly number[], count: number, random: Random): number[] {
  const unseen = Array.from({ length: numItems }, (_, item) => item).filter((item) => !seen.includes(item));
  const numDrawn = Math.min(count, unseen.length);
  for (let i = 0; i < numDrawn; i++) {
    const j = i + randomInt(random, unseen.length - i);
    [unseen[i], unseen[j]] = [unseen[j], unseen[i]];
  }
  return unseen.slice(0, numDrawn);
}

describe('sampleNegatives', () => {
  it('draws what shuffling the whole list draws, for any size, history and number', () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = seededRandom(seed);
      const numItems = 1 + randomInt(random, 60);
      const seen = Array.from({ length: randomInt(random, numItems) }, () => randomInt(random, numItems));
      const count = randomInt(random, 70);
      const drawn = sampleNegatives(numItems, seen, count, seededRandom(seed));
      expect([...drawn]).toEqual(byWholeList(numItems, seen, count, seededRandom(seed)));
    }
  });

  it('draws nothing where everything was seen', () => {
    expect(sampleNegatives(3, [0, 2, 1, 1], 5, seededRandom(1))).toHaveLength(0);
  });
});
