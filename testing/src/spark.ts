import { describe, it } from '@jest/globals';

/** Classes of Spark as Java keeps them, which halves the time to start; `.ci/run` makes it by the PySpark package's own tests. */
const ARCHIVE = process.env['TEST_SPARK_ARCHIVE'];
const JAVA_OPTIONS = [
  '-XX:TieredStopAtLevel=1',
  ...(ARCHIVE ? [`-XX:SharedArchiveFile=${ARCHIVE}`] : []),
].join(' ');

/** Settings by which Spark on this machine starts sooner, for data as small as those of tests. */
export const SMALL_SPARK: Readonly<Record<string, string>> = {
  'spark.driver.extraJavaOptions': JAVA_OPTIONS,
  'spark.executor.extraJavaOptions': JAVA_OPTIONS,
  'spark.sql.shuffle.partitions': '4',
};

/** The same for master and workers of a cluster, as their environment. */
export const SMALL_SPARK_DAEMONS: Readonly<Record<string, string>> = { SPARK_DAEMON_JAVA_OPTS: JAVA_OPTIONS };

/** The same as options of a command. */
export const SMALL_SPARK_OPTIONS: readonly string[] = Object.entries(SMALL_SPARK).flatMap(([name, value]) => [
  '--spark-conf',
  `${name}=${value}`,
]);

/**
 * Runs a suite with a Python that has what `trainer/spark/requirements-dev.txt` lists, `TEST_PYSPARK_PYTHON`; without one it is skipped, but
 * fails under CI.
 */
export function describeWithPySpark(name: string, suite: (python: string) => void): void {
  const python = process.env['TEST_PYSPARK_PYTHON'];
  if (python !== undefined) {
    describe(name, () => suite(python));
    return;
  }
  const problem = 'TEST_PYSPARK_PYTHON names no Python that has PySpark';
  if (process.env['CI']) throw new Error(problem);
  // A skipped suite says why by its name; Jest wants a test in it.
  describe.skip(`${name} (${problem})`, () => {
    it('runs', () => {
      throw new Error(problem);
    });
  });
}
