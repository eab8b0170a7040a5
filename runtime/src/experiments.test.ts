import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { assignArm, readExperiments, type Experiment } from './experiments.ts';

const ARMS = [
  { name: 'control', share: 0.5 },
  { name: 'diverse', share: 0.3, diversity: 0.4 },
  { name: 'retrieval', share: 0.1, ranker: 'retrieval' },
];

function experimentsOf(...given: object[]): Experiment[] {
  const read = readExperiments(JSON.stringify(given));
  if ('problem' in read) throw new Error(read.problem);
  return read.experiments;
}

const NUM_USERS = 100_000;
const userIds = Array.from({ length: NUM_USERS }, (_, index) => 1_000_000_000 + index);

function shares(experiments: Experiment[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const userId of userIds) {
    const arm = assignArm(experiments, userId, 'accounts')?.arm.name ?? 'none';
    counts.set(arm, (counts.get(arm) ?? 0) + 1);
  }
  return counts;
}

describe('assignment', () => {
  it.each(['', 'another salt'])(
    'fits the shares on 100,000 numbers in sequence, by a χ² test (salt "%s")',
    (salt) => {
      const counts = shares(experimentsOf({ name: 'first', salt, arms: ARMS }));
      const expected = { control: 0.5, diverse: 0.3, retrieval: 0.1, none: 0.1 };
      const chiSquare = Object.entries(expected).reduce((sum, [arm, share]) => {
        const mean = share * NUM_USERS;
        return sum + ((counts.get(arm) ?? 0) - mean) ** 2 / mean;
      }, 0);
      // 99.9 % quantile with three degrees of freedom.
      expect(chiSquare).toBeLessThan(16.27);
    },
  );

  it('is the same each time, another by another salt, and independent of that of another experiment', () => {
    const [one, other] = [
      experimentsOf({ name: 'one', arms: ARMS }),
      experimentsOf({ name: 'other', arms: ARMS }),
    ];
    let both = 0;
    let ofOne = 0;
    let ofOther = 0;
    for (const userId of userIds) {
      const isControl = (experiments: Experiment[]) =>
        assignArm(experiments, userId, 'accounts')?.arm.name === 'control';
      const [inOne, inOther] = [isControl(one), isControl(other)];
      expect(isControl(one)).toBe(inOne);
      ofOne += Number(inOne);
      ofOther += Number(inOther);
      both += Number(inOne && inOther);
    }
    // Four deviations of a count with probability a quarter.
    const deviation = Math.sqrt(NUM_USERS * 0.25 * 0.75);
    expect(Math.abs(both - (ofOne * ofOther) / NUM_USERS)).toBeLessThan(4 * deviation);
  });

  it('asks one experiment after another, and only users of its kinds', () => {
    const experiments = experimentsOf(
      {
        name: 'apps-only',
        users: ['apps'],
        arms: [
          { name: 'a', share: 0.5 },
          { name: 'b', share: 0.5 },
        ],
      },
      {
        name: 'rest',
        arms: [
          { name: 'c', share: 1 },
          { name: 'd', share: 0 },
        ],
      },
    );
    expect(assignArm(experiments, 7, 'apps')?.experiment.name).toBe('apps-only');
    expect(assignArm(experiments, 7, 'dataset')).toMatchObject({
      experiment: { name: 'rest' },
      arm: { name: 'c' },
    });
    expect(assignArm([], 7, 'dataset')).toBeNull();
  });
});

describe('what is set', () => {
  it('has defaults, and may stand in a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'experiments-'));
    try {
      const file = join(folder, 'experiments.json');
      await writeFile(file, JSON.stringify([{ name: 'first', arms: ARMS }]));
      expect(readExperiments(file)).toEqual({
        experiments: [
          {
            name: 'first',
            salt: '',
            users: ['accounts', 'dataset', 'apps'],
            arms: ARMS,
            outcomes: ['rating', 'like', 'click'],
            withinDays: 7,
            minimumEffect: 0.02,
          },
        ],
      });
      expect(readExperiments(join(folder, 'none.json'))).toMatchObject({
        problem: expect.stringMatching(/cannot be read from .*none\.json/),
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.each([
    ['[', /is no JSON/],
    ['{}', /cannot be run/],
    [[{ name: 'a b', arms: ARMS }], /0\.name: must be a name of 1 to 40 letters/],
    [[{ name: 'a', arms: ARMS.slice(0, 1) }], /0\.arms: /],
    [
      [{ name: 'a', arms: [...ARMS, { name: 'more', share: 0.2 }] }],
      /0\.arms: the shares of the arms add up to more than 1/,
    ],
    [[{ name: 'a', arms: [...ARMS, ...ARMS.slice(2)] }], /0\.arms: two arms have the same name/],
    [
      [
        { name: 'a', arms: ARMS },
        { name: 'a', arms: ARMS },
      ],
      /two experiments have the same name/,
    ],
    [[{ name: 'a', arms: [{ name: 'b', share: 1, colour: 'red' }, ...ARMS] }], /colour/],
  ])('%j is refused with the reason', (given, reason) => {
    expect(readExperiments(typeof given === 'string' ? given : JSON.stringify(given))).toEqual({
      problem: expect.stringMatching(reason),
    });
  });
});
