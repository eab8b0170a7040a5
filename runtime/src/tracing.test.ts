import { execFile } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTraceCollector, type TraceCollector } from '@pocketrocket/testing';
import {
  AppError,
  createLogger,
  currentSpan,
  inCallSpan,
  inSpan,
  isTracing,
  openSpan,
  openTraces,
  traceHeaders,
  type Traces,
} from './index.ts';

const lines: string[] = [];
const stream = new PassThrough();
stream.on('data', (chunk: Buffer) => lines.push(...chunk.toString().trim().split('\n')));
const logger = createLogger({ level: 'info', name: 'test', stream });

let collector: TraceCollector;
let traces: Traces | null = null;
beforeEach(async () => {
  lines.length = 0;
  collector = await openTraceCollector();
});
afterEach(async () => {
  await traces?.close();
  await collector.close();
});

async function record(share = 1): Promise<void> {
  const tracesUrl = `${collector.url}/v1/traces`;
  traces = await openTraces(
    { tracesUrl, tracesHeaders: {}, tracesShare: share, serviceName: 'test' },
    logger,
  );
}

/** The spans of work within a span of its own. */
async function spansOf(work: () => unknown) {
  const root = openSpan({ name: 'root', kind: 'server' });
  await root?.run(async () => work());
  root?.end();
  await traces?.close();
  return collector.spans();
}

const failing = (error: Error) => () => Promise.reject(error);

describe('spans', () => {
  it('are nothing but the work while tracing is off', async () => {
    const config = { tracesUrl: null, tracesHeaders: {}, tracesShare: 1, serviceName: 'test' };
    expect(await openTraces(config, logger)).toBeNull();
    const describe = () => {
      throw new Error('nobody asks for a description');
    };
    expect([isTracing(), openSpan({ name: 'root', kind: 'server' }), currentSpan(), traceHeaders()]).toEqual([
      false,
      null,
      null,
      undefined,
    ]);
    expect([inSpan('step', () => 1), inCallSpan(describe, () => 2)]).toEqual([1, 2]);
  });

  it('stand below those under way, side by side where work runs at once', async () => {
    await record();
    const spans = await spansOf(() =>
      Promise.all(
        ['a', 'b'].map((name) =>
          inSpan(name, async () => {
            await new Promise((resolve) => setImmediate(resolve));
            return inCallSpan(
              () => ({ name: `call of ${name}`, facts: { 'server.port': 1 } }),
              () => 1,
            );
          }),
        ),
      ),
    );
    const nameOf = new Map(spans.map(({ spanId, name }) => [spanId, name]));
    expect(spans.map(({ name, parentSpanId }) => [name, nameOf.get(parentSpanId)]).sort()).toEqual([
      ['a', 'root'],
      ['b', 'root'],
      ['call of a', 'a'],
      ['call of b', 'b'],
      ['root', undefined],
    ]);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  });

  it('tell what failed, by code; messages of services that do not answer only', async () => {
    await record();
    const spans = await spansOf(async () => {
      for (const [name, error] of Object.entries({
        away: new AppError('UPSTREAM_UNAVAILABLE', 'Redis does not answer'),
        wrong: new AppError('BAD_USER_INPUT', 'no genre is called typed'),
        bug: new TypeError('typed'),
      }))
        await inSpan(name, failing(error)).catch(() => undefined);
      expect(() =>
        inSpan('sync', () => {
          throw new RangeError('typed');
        }),
      ).toThrow('typed');
    });
    const failed = spans.filter(({ isFailed }) => isFailed);
    expect(failed.map(({ name, facts }) => [name, facts['error.type']])).toEqual([
      ['away', 'UPSTREAM_UNAVAILABLE'],
      ['wrong', 'BAD_USER_INPUT'],
      ['bug', 'TypeError'],
      ['sync', 'RangeError'],
    ]);
    expect(failed.map(({ problem }) => problem)).toEqual([
      'Redis does not answer',
      'BAD_USER_INPUT',
      'TypeError',
      'RangeError',
    ]);
  });

  it.each([
    ['begins anew where the caller names no right trace', { traceparent: '00-xyz-1-01' }, 1],
    [
      'records none of a caller that records none',
      { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00` },
      0,
    ],
  ])('%s', async (_title, from, count) => {
    await record();
    openSpan({ name: 'root', kind: 'server', from })?.end();
    await traces?.close();
    expect(collector.spans()).toHaveLength(count);
  });

  it('are recorded by share where the trace begins here', async () => {
    await record(0);
    expect(await spansOf(() => inSpan('step', () => 1))).toEqual([]);
  });

  it('outside of any span are not recorded: what a process does by itself is no trace', async () => {
    await record();
    expect(inSpan('poll', () => traceHeaders())).toBeUndefined();
    await traces?.close();
    expect(collector.exports()).toEqual([]);
  });
});

describe('a collector that fails', () => {
  it('is logged once, with the number of spans lost', async () => {
    await record();
    collector.fail(400);
    expect(await spansOf(() => inSpan('step', () => 1))).toEqual([]);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ level: 'warn', event: 'traces are lost: the collector does not take them' }),
    ]);
  });

  it('and is silent holds up the end by seconds at most', async () => {
    await record();
    collector.fail('silent');
    const begunAt = performance.now();
    await spansOf(() => 1);
    expect(performance.now() - begunAt).toBeLessThan(5_000);
  });
});

it('OpenTelemetry is loaded only where there is a collector', async () => {
  const loaded = async (tracesUrl: string | null) => {
    const config = { tracesUrl, tracesHeaders: {}, tracesShare: 1, serviceName: 'test' };
    const script = `
      const { createRequire } = await import('node:module');
      const { openTraces, createLogger } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
      await openTraces(${JSON.stringify(config)}, createLogger({ level: 'silent', name: 'test', stream: process.stderr }));
      const names = Object.keys(createRequire('/').cache).filter((name) => name.includes('@opentelemetry'));
      console.log(names.length > 0);`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: import.meta.dirname,
      // Of another folder, where the tests themselves were started with one.
      env: { ...process.env, TSX_TSCONFIG_PATH: undefined },
    });
    return stdout.trim();
  };
  expect(await loaded(null)).toBe('false');
  expect(await loaded('http://127.0.0.1:1/v1/traces')).toBe('true');
});
