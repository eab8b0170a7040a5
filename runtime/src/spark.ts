import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError, messageOf } from './errors.ts';
import type { Config } from './config.ts';

const run = promisify(execFile);

/** Spark as this machine has it. */
export interface SparkInstallation {
  /** The Python that has PySpark; driver and executors run it. */
  python: string;
  /** The folder that Spark calls SPARK_HOME. */
  home: string;
  version: string;
}

/** The first with `repartitionById`. */
const LEAST_SPARK = [4, 1] as const;
const LEAST_JAVA = 17;

/** The Python that a configuration names, or the environment of docs/spark.md in the home. */
export function sparkPythonOf({ sparkPython, home }: Pick<Config, 'sparkPython' | 'home'>): string {
  return sparkPython ?? join(home, 'spark', 'bin', 'python');
}

/**
 * Finds PySpark and Java.
 * @throws AppError ENVIRONMENT that says in one line what is missing and what to do
 */
export async function findSpark(
  config: Pick<Config, 'sparkPython' | 'home'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<SparkInstallation> {
  const python = sparkPythonOf(config);
  const [found] = await Promise.all([findPyspark(python), requireJava(env)]);
  return { python, ...found };
}

const ASK_PYSPARK =
  'import os, pyspark, numpy, pandas, pyarrow; print(pyspark.__version__, os.path.dirname(pyspark.__file__))';

async function findPyspark(python: string): Promise<{ home: string; version: string }> {
  const remedy = `set PYSPARK_PYTHON to a Python that has it, or make one: python3 -m venv <folder> && <folder>/bin/pip install -r trainer/spark/requirements.txt (docs/spark.md)`;
  let answer: string;
  try {
    ({ stdout: answer } = await run(python, ['-c', ASK_PYSPARK]));
  } catch (error) {
    throw new AppError('ENVIRONMENT', `${python} has no pyspark with numpy, pandas and pyarrow: ${remedy}`, {
      cause: error,
    });
  }
  const [version = '', ...home] = answer.trim().split(' ');
  if (isRecent(version)) return { version, home: home.join(' ') };
  throw new AppError(
    'ENVIRONMENT',
    `${python} has pyspark ${version}, but ${LEAST_SPARK.join('.')} is the least: ${remedy}`,
  );
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > LEAST_SPARK[0] || (major === LEAST_SPARK[0] && minor >= LEAST_SPARK[1]);
}

async function requireJava({ JAVA_HOME }: Readonly<Record<string, string | undefined>>): Promise<void> {
  const java = JAVA_HOME ? join(JAVA_HOME, 'bin', 'java') : 'java';
  const remedy = `install Java ${LEAST_JAVA} or later (Debian: apt-get install openjdk-${LEAST_JAVA}-jre-headless), or set JAVA_HOME to it`;
  const { stderr } = await run(java, ['-version']).catch((error: unknown) => {
    throw new AppError('ENVIRONMENT', `Spark needs Java, and ${java} does not run: ${remedy}`, {
      cause: messageOf(error),
    });
  });
  const version = /version "(\d+)/.exec(stderr)?.[1];
  if (version !== undefined && Number(version) >= LEAST_JAVA) return;
  throw new AppError(
    'ENVIRONMENT',
    `${java} is version ${version ?? 'unknown'}, too old for Spark: ${remedy}`,
  );
}
