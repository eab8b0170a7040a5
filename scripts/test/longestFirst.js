import Sequencer from '@jest/test-sequencer';

/**
 * The suites that take longest, in that order. Jest knows durations only where it ran before; elsewhere the largest files would come
 * first, and one of these last, with nothing left to run beside it.
 */
const LONGEST = [
  'scripts/faults/spark.test.ts',
  'trainer/src/cluster/sparkLists.test.ts',
  'trainer/src/cluster/sparkTraining.test.ts',
  'client/e2e/',
  'scripts/faults/',
  'trainer/src/cluster/',
  'engine/src/quality.test.ts',
  'trainer/src/movieLens.test.ts',
  'schema/src/database/database.test.ts',
  'server/src/appMovies.test.ts',
  'scripts/upgrade/',
  'sdk/e2e/',
];

const rankOf = ({ path }) => {
  const rank = LONGEST.findIndex((part) => path.includes(part));
  return rank < 0 ? LONGEST.length : rank;
};

/** Jest's own order, but the longest suites first. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rankOf(one) - rankOf(other));
  }
}
