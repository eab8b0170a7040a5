import { MultiBar, Presets, type SingleBar } from 'cli-progress';

/** The forms of progress: a bar for a terminal, lines for a log, JSON lines for another process, or nothing. */
export type ProgressMode = 'bar' | 'plain' | 'json' | 'none';

/** One piece of work whose size is known or grows known. */
export interface ProgressStage {
  /** Sets how much is done, in the stage's unit, and a short remark such as the loss. */
  update(done: number, remark?: string): void;
  finish(remark?: string): void;
}

/** Receives the progress of long work; passed in, so that computing code knows nothing of terminals. */
export interface Progress {
  /** Begins a stage of `total` units (`0` when unknown). */
  stage(name: string, total: number, unit: string): ProgressStage;
  /** Leaves the terminal as it was found. */
  close(): void;
}

/** One JSON line of progress as another process reads it. */
export interface ProgressEvent {
  progress: {
    stage: string;
    done: number;
    total: number;
    unit: string;
    remark?: string;
    secondsLeft: number | null;
  };
}

const PLAIN_EVERY_MS = 2_000;
const JSON_EVERY_MS = 200;

export function createProgress(
  stream: NodeJS.WriteStream,
  mode: ProgressMode = stream.isTTY ? 'bar' : 'plain',
): Progress {
  if (mode === 'none') return { stage: () => ({ update() {}, finish() {} }), close() {} };
  return mode === 'bar' ? barProgress(stream) : lineProgress(stream, mode);
}

function barProgress(stream: NodeJS.WriteStream): Progress {
  const bars = new MultiBar(
    {
      stream,
      hideCursor: true,
      etaBuffer: 50,
      clearOnComplete: false,
      format: '{stage} {bar} {percentage}%  {rate} {unit}/s  {eta_formatted} left  {remark}',
    },
    Presets.shades_classic,
  );
  return {
    stage(name, total, unit) {
      const startedAt = Date.now();
      const bar: SingleBar = bars.create(Math.max(total, 1), 0, {
        stage: name.padEnd(22),
        unit,
        rate: '–',
        remark: '',
      });
      return {
        update: (done, remark = '') => bar.update(done, { rate: formatRate(done, startedAt), remark }),
        finish(remark = '') {
          bar.update(bar.getTotal(), { remark });
          bar.stop();
        },
      };
    },
    close: () => bars.stop(),
  };
}

function lineProgress(stream: NodeJS.WriteStream, mode: 'plain' | 'json'): Progress {
  const everyMs = mode === 'json' ? JSON_EVERY_MS : PLAIN_EVERY_MS;
  return {
    stage(name, total, unit) {
      const startedAt = Date.now();
      let lastDone = 0;
      let lastWrittenAt = mode === 'json' ? 0 : startedAt;
      const write = (done: number, remark: string | undefined) => {
        lastWrittenAt = Date.now();
        const secondsLeft =
          total > 0 && done > 0 ? ((lastWrittenAt - startedAt) / 1000) * ((total - done) / done) : null;
        if (mode === 'json') {
          const event: ProgressEvent = {
            progress: { stage: name, done, total, unit, ...(remark && { remark }), secondsLeft },
          };
          stream.write(`${JSON.stringify(event)}\n`);
        } else {
          const share = total > 0 ? ` ${Math.floor((100 * done) / total)}%` : '';
          const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`;
          stream.write(
            `${name}${share} (${formatRate(done, startedAt)} ${unit}/s${left})${remark ? ` ${remark}` : ''}\n`,
          );
        }
      };
      return {
        update(done, remark) {
          lastDone = done;
          if (Date.now() - lastWrittenAt >= everyMs) write(done, remark);
        },
        finish(remark) {
          const tookLong = Date.now() - startedAt >= everyMs;
          if (mode === 'json' || tookLong) write(total > 0 ? total : lastDone, remark);
        },
      };
    },
    close() {},
  };
}

function formatRate(done: number, startedAt: number): string {
  const perSecond = done / Math.max((Date.now() - startedAt) / 1000, 0.001);
  return Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 }).format(perSecond);
}
