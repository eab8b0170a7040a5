import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { EpochProgress } from '@pocketrocket/engine';
import { AppError, ERROR_CODES, type ErrorCode, type SparkInstallation } from '@pocketrocket/runtime';
import { progressSchema } from '../tasks/protocol.ts';

/** `trainer/spark`, from `trainer/src/cluster` and `trainer/dist/cluster` alike. */
const PACKAGE_FOLDER = fileURLToPath(new URL('../../spark', import.meta.url));
const ENDS_WITHIN_MS = 20_000;
/** Of Spark's words: enough for a stack with what it begins with. */
const SAID_LENGTH = 16_000;
const REASON_LENGTH = 400;
/** Spark's words arrive by another pipe than the answer. */
const SAID_WITHIN_MS = 200;

/** The words by which Java, and Spark in its first steps, begin to say why they do not start. */
const STARTS_NOT = /^(Exception in thread|Error:|Invalid |Unrecognized )/;

const failedSchema = z.object({
  code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode]),
  message: z.string(),
  /** True where Spark's own words say why. */
  isInLog: z.boolean(),
});
type Failed = z.infer<typeof failedSchema>;

const answerSchema = z.union([
  z.object({ id: z.number(), progress: progressSchema.omit({ kind: true }) }),
  z.object({ id: z.number(), result: z.record(z.string(), z.unknown()) }),
  z.object({ id: z.number(), failed: failedSchema }),
]);

type Result = Record<string, unknown>;

interface Waiting {
  resolve: (result: Result) => void;
  reject: (problem: Error) => void;
  onEpoch: (progress: EpochProgress) => void;
}

/** The driver of a Spark application: a Python process that answers requests, `trainer/spark/pocketrocket_spark/driver.py`. */
export class SparkDriver {
  readonly #child: ChildProcess;
  /** True where it has ended well. */
  readonly #ended: Promise<boolean>;
  readonly #log: string;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #end: Error | null = null;
  /** The last that Spark said. */
  #said = '';

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
    this.#log = log;
    stderr.on('data', (chunk: Buffer) => (this.#said = (this.#said + chunk.toString()).slice(-SAID_LENGTH)));
    const file = createWriteStream(log);
    file.on('error', ({ message }) => {
      this.#fail(new AppError('ENVIRONMENT', `${log} cannot be written: ${message}`));
      stdin.end();
    });
    stderr.pipe(file);
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
      const finish = (how: string, hasEndedWell = false) => {
        signal.removeEventListener('abort', stop);
        this.#fail(this.#endedEarly(how));
        resolve(hasEndedWell);
      };
      this.#child.once('error', (error) => finish(error.message));
      this.#child.once('close', (status, killedBy) =>
        finish(killedBy ?? `status ${String(status)}`, status === 0),
      );
    });
  }

  /**
   * Asks the driver for something.
   * @param onEpoch told of epochs as far as the driver tells them before it has the result
   * @throws AppError of the code that the driver gives; UPSTREAM_UNAVAILABLE where it has ended
   */
  request(
    kind: string,
    fields: Readonly<Record<string, unknown>>,
    onEpoch: Waiting['onEpoch'] = () => undefined,
  ): Promise<Result> {
    if (this.#end) return Promise.reject(this.#end);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onEpoch });
      this.#child.stdin?.write(`${JSON.stringify({ ...fields, id, kind })}\n`);
    });
  }

  /**
   * Ends the application and waits until it has ended.
   * @returns true where the driver has removed what it stored
   */
  async close(): Promise<boolean> {
    this.#child.stdin?.end();
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const timer = new AbortController();
      const tooLong = setTimeout(ENDS_WITHIN_MS, null, { signal: timer.signal }).catch(() => null);
      const outcome = await Promise.race([this.#ended, tooLong]);
      timer.abort();
      if (outcome !== null) return outcome;
      this.#child.kill(signal);
    }
    return this.#ended;
  }

  #take(line: string): void {
    const answer = answerSchema.parse(JSON.parse(line));
    const waiting = this.#waiting.get(answer.id);
    if ('progress' in answer) {
      waiting?.onEpoch(answer.progress);
      return;
    }
    this.#waiting.delete(answer.id);
    if ('result' in answer) waiting?.resolve(answer.result);
    else void this.#failureOf(answer.failed).then(waiting?.reject);
  }

  async #failureOf({ code, message, isInLog }: Failed): Promise<AppError> {
    if (isInLog) {
      await setTimeout(SAID_WITHIN_MS);
      return new AppError(code, `${message}: ${this.#lineOf(STARTS_NOT)} (${this.#log})`);
    }
    return new AppError(code, code === 'INTERNAL_SERVER_ERROR' ? `${message} (${this.#log})` : message);
  }

  /** The line of Spark's that matches, else its last. */
  #lineOf(pattern?: RegExp): string {
    const lines = this.#said.trim().split('\n');
    const line = lines.find((one) => pattern?.test(one)) ?? lines.at(-1);
    return line?.trim().slice(0, REASON_LENGTH) || 'it said nothing';
  }

  #endedEarly(how: string): AppError {
    return new AppError(
      'UPSTREAM_UNAVAILABLE',
      `the Spark driver ended (${how}): ${this.#lineOf()}; nothing was published, the models fitted so far are cached: train again (${this.#log})`,
    );
  }

  #fail(problem: Error): void {
    this.#end ??= problem;
    for (const { reject } of this.#waiting.values()) reject(this.#end);
    this.#waiting.clear();
  }
}
