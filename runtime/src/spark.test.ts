import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findSpark, sparkPythonOf } from './spark.ts';

/** A folder with `bin/java` and `python` that print what they are told. */
async function installation({ java, python }: { java: string; python: string }) {
  const folder = await mkdtemp(join(tmpdir(), 'pocketrocket-spark-'));
  await mkdir(join(folder, 'bin'));
  const write = async (path: string, line: string) => {
    await writeFile(path, `#!/bin/sh\n${line}\n`);
    await chmod(path, 0o755);
  };
  await write(join(folder, 'bin', 'java'), java);
  await write(join(folder, 'python'), python);
  return [{ sparkPython: join(folder, 'python'), home: folder }, { JAVA_HOME: folder }] as const;
}

const JAVA = `echo 'openjdk version "17.0.15" 2025-04-15' >&2`;
const PYTHON = 'echo "4.3.0 /opt/some where/pyspark"';

describe('findSpark', () => {
  it('finds Python, version and home', async () => {
    const [config, env] = await installation({ java: JAVA, python: PYTHON });
    expect(await findSpark(config, env)).toEqual({
      python: config.sparkPython,
      version: '4.3.0',
      home: '/opt/some where/pyspark',
    });
  });

  it.each([
    ['a Python without PySpark', { java: JAVA, python: 'exit 1' }, /has no pyspark.*pip install -r/],
    [
      'an old PySpark',
      { java: JAVA, python: 'echo "3.5.1 /x"' },
      /has pyspark 3\.5\.1, but 4\.1 is the least: set PYSPARK_PYTHON/,
    ],
    ['no Java', { java: 'exit 127', python: PYTHON }, /needs Java.*install Java 17.*JAVA_HOME/],
    [
      'an old Java',
      { java: `echo 'java version "1.8.0_402"' >&2`, python: PYTHON },
      /is version 1, too old for Spark: install Java 17/,
    ],
  ])('says in one line what to do about %s', async (_, commands, message) => {
    const [config, env] = await installation(commands);
    const failure = await findSpark(config, env).catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ code: 'ENVIRONMENT', message: expect.stringMatching(message) });
    expect((failure as Error).message).not.toContain('\n');
  });

  it('takes the environment in the home where none is named', () => {
    expect(sparkPythonOf({ sparkPython: null, home: '/srv/var' })).toBe('/srv/var/spark/bin/python');
  });
});
