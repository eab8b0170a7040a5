import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { AppError, ERROR_CODES, type ErrorCode, type SparkInstallation } from '@pocketrocket/runtime';

/** `trainer/spark`, from `trainer/src/cluster` and `trainer/dist/cluster` alike. */
const PACKAGE_FOLDER = fileURLToPath(new URL('../../spark', import.meta.url));
const ENDS_WITHIN_MS = 20_000;
const LOG_END_LENGTH = 400;

const answerSchema = z.union([
  z.object({ id: z.number(), result: z.record(z.string(), z.unknown()) }),
  z.object({
    id: z.number(),
    failed: z.object({ code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode]), message: z.string() }),
  }),
]);

type Result = Record<string, unknown>;

interface Waiting {
  resolve: (result: Result) => void;
  reject: (problem: Error) => void;
}

/** The driver of a Spark application: a Python process that answers requests, `trainer/spark/pocketrocket_spark/driver.py`. */
export class SparkDriver {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #end: Error | null = null;

  /**
   * @param log file for all that Spark says
   * @param signal ends the driver, and with it the application
   */
  constructor(
    spark: SparkInstallation,
    log: string,
    env: Readonly<Record<string, string | undefined>>,
    signal: AbortSignal,
  ) {
    this.#child = spawn(spark.python, ['-m', 'pocketrocket_spark'], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...env,
        SPARK_HOME: spark.home,
        PYSPARK_PYTHON: spark.python,
        PYTHONPATH: [PACKAGE_FOLDER, env['PYTHONPATH']].filter(Boolean).join(':'),
      },
    });
    const { stdin, stdout, stderr } = this.#child;
    if (!stdin || !stdout || !stderr) throw new Error('a process without pipes');
    stderr.pipe(createWriteStream(log));
    // A driver that has ended says so by its exit.
    stdin.on('error', () => undefined);
    createInterface(stdout).on('line', (line) => this.#take(line));
    const stop = (): void => {
      this.#fail(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      // It removes what it stored; `close` ends one that does not end.
      stdin.end();
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    this.#ended = new Promise((resolve) => {
      const finish = async (how: string) => {
        signal.removeEventListener('abort', stop);
        this.#fail(await endedEarly(how, log));
        resolve();
      };
      this.#child.once('error', (error) => void finish(error.message));
      this.#child.once('close', (status, killedBy) => void finish(killedBy ?? `status ${String(status)}`));
    });
  }

  /**
   * Asks the driver for something.
   * @throws AppError of the code that the driver gives; UPSTREAM_UNAVAILABLE where it has ended
   */
  request(kind: string, fields: Readonly<Record<string, unknown>>): Promise<Result> {
    if (this.#end) return Promise.reject(this.#end);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.stdin?.write(`${JSON.stringify({ ...fields, id, kind })}\n`);
    });
  }

  /** Ends the application and waits until it has ended. */
  async close(): Promise<void> {
    this.#child.stdin?.end();
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const timer = new AbortController();
      const tooLong = setTimeout(ENDS_WITHIN_MS, 'late', { signal: timer.signal }).catch(() => 'late');
      const outcome = await Promise.race([this.#ended, tooLong]);
      timer.abort();
      if (outcome !== 'late') return;
      this.#child.kill(signal);
    }
    await this.#ended;
  }

  #take(line: string): void {
    const answer = answerSchema.parse(JSON.parse(line));
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('result' in answer) waiting?.resolve(answer.result);
    else waiting?.reject(new AppError(answer.failed.code, answer.failed.message));
  }

  #fail(problem: Error): void {
    this.#end ??= problem;
    for (const { reject } of this.#waiting.values()) reject(this.#end);
    this.#waiting.clear();
  }
}

async function endedEarly(how: string, log: string): Promise<AppError> {
  const lines = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n');
  const last = (lines.at(-1) ?? '').slice(-LOG_END_LENGTH);
  return new AppError(
    'UPSTREAM_UNAVAILABLE',
    `the Spark driver ended (${how}): ${last || 'it said nothing'}; nothing was published, the models fitted so far are cached: train again (${log})`,
  );
}
