import { describe, expect, it } from '@jest/globals';
import {
  countItems,
  countParts,
  fitEASE,
  fitItemNeighbours,
  fitTransitions,
  historiesOf,
  partsOf,
  partToTensors,
  fittedToTensors,
  timeSpan,
} from '@pocketrocket/engine';
import { rowFrames } from '../tasks/rows.ts';
import type { NamedTensors } from '../tensors/namedTensors.ts';
import { END, NUM_ITEMS, randomInteractions, serve, startOf } from '../test/tasks.ts';
import { bytesOf } from '../test/tensors.ts';

const interactions = randomInteractions();
const partitions = [...partsOf(historiesOf(interactions), 80)];
const releaseYears = Int32Array.from({ length: NUM_ITEMS }, (_, item) => 2010 + (item % 12));
const vector = (data: Int32Array) => ({ shape: [data.length], data });
/** Some items do not take part. */
const EASE = { l2: 10, numNeighbours: 8, maxItems: NUM_ITEMS - 7 };
const PAIRS = { window: 4, decay: 2, numNeighbours: 6 };

async function resultOf(frames: Parameters<typeof serve>[0]): Promise<NamedTensors> {
  const answer = (await serve(frames)).at(-1);
  expect(answer?.header).toEqual({ kind: 'result' });
  return answer?.tensors ?? {};
}

const merged = (settings: object, partials: readonly NamedTensors[], tensors: NamedTensors = {}) =>
  resultOf([
    startOf(settings, tensors, 'merge'),
    ...partials.map((partial) => ({ header: { kind: 'partial' }, tensors: partial })),
    END,
  ]);

/** Counts each partition by a task of its own; the first two are put together, then these and the others. */
async function countedIn(settings: object, tensors: NamedTensors = {}): Promise<NamedTensors> {
  const partials = await Promise.all(
    partitions.map((part) => resultOf([startOf(settings, {}, 'count'), ...rowFrames(part), END])),
  );
  const firstTwo = await merged({ ...settings, isLast: false }, partials.slice(0, 2));
  return merged({ ...settings, isLast: true }, [firstTwo, ...partials.slice(2)], tensors);
}

/** The lower median of the times from the year before the last on. */
function risingTimes(): { latest: number; median: number } {
  const latest = timeSpan(interactions)?.last ?? 0;
  const start = Date.UTC(new Date(1000 * latest).getUTCFullYear() - 1) / 1000;
  const times = interactions.timestamps.filter((time) => time >= start).sort();
  return { latest, median: times[(times.length - 1) >>> 1] ?? 0 };
}

describe('counts of partitions, added up', () => {
  const facts = { releaseYears: Int16Array.from(releaseYears) };
  const whole = countParts(interactions, facts);

  it('need more than one partition to say anything', () => expect(partitions.length).toBeGreaterThan(4));

  it.each([
    ['popularity', {}, partToTensors('popularity', NUM_ITEMS, whole), {}],
    ['dislikes', {}, partToTensors('dislikes', NUM_ITEMS, whole), {}],
    ['trend', { span: timeSpan(interactions) }, partToTensors('trend', NUM_ITEMS, whole), {}],
    [
      'rising',
      risingTimes(),
      partToTensors('rising', NUM_ITEMS, whole),
      { releaseYears: vector(releaseYears) },
    ],
    [
      'neighbours',
      { items: [0, NUM_ITEMS] },
      partToTensors('neighbours', NUM_ITEMS, { neighbours: fitItemNeighbours(interactions) }),
      { counts: vector(countItems(interactions)) },
    ],
    [
      'ease',
      { items: [0, NUM_ITEMS], options: EASE },
      fittedToTensors('ease', fitEASE(interactions, { ...EASE, form: 'primal' }, { seed: 1 })),
      { counts: vector(countItems(interactions)) },
    ],
  ])('are those of all users in one piece, to the byte: %s', async (part, settings, expected, given) => {
    const counted = await countedIn({ part, numItems: NUM_ITEMS, ...settings }, given);
    expect(Object.keys(expected).length).toBeGreaterThan(0);
    expect(bytesOf(counted)).toEqual(bytesOf(expected));
  });

  it.each([
    ['coVisitation' as const, false],
    ['transitions' as const, true],
  ])('are those of all users in one piece: %s, also in ranges of items', async (part, isDirected) => {
    const options = { ...PAIRS, isDirected };
    const given = { counts: vector(countItems(interactions)) };
    const ranges = [
      [0, 15],
      [15, NUM_ITEMS],
    ];
    const parts = await Promise.all(
      ranges.map((items) => countedIn({ part, numItems: NUM_ITEMS, items, options }, given)),
    );
    const whole = fittedToTensors(part, fitTransitions(interactions, options));
    const numbers = (name: string, of: NamedTensors) => [...(of[`${part}.${name}`]?.data ?? [])];
    const lengths = (of: NamedTensors) =>
      numbers('offsets', of).flatMap((end, row, offsets) => (row > 0 ? [end - (offsets[row - 1] ?? 0)] : []));
    expect(parts.flatMap(lengths)).toEqual(lengths(whole));
    expect(parts.flatMap((one) => numbers('items', one))).toEqual(numbers('items', whole));
    const weights = parts.flatMap((one) => numbers('weights', one));
    // Sums of float64 in another order, in float32: apart by the last bit at most.
    numbers('weights', whole).forEach((weight, place) =>
      expect(Math.abs((weights[place] ?? NaN) - weight)).toBeLessThanOrEqual(2 ** -23 * weight),
    );
    expect(weights.length).toBeGreaterThan(100);
  });

  it('are refused where a part of them is of another kind', async () => {
    const answers = await serve([
      startOf({ part: 'popularity', numItems: NUM_ITEMS, isLast: true }, {}, 'merge'),
      { header: { kind: 'partial' }, tensors: { counts: { shape: [2], data: Float32Array.of(1, 2) } } },
      END,
    ]);
    expect(answers.at(-1)?.header).toMatchObject({
      kind: 'failed',
      message: 'tensor counts: must be of type <i4',
    });
  });
});
