import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from '@pocketrocket/runtime';
import { Holdings, type HoldingLimits } from './holdings.ts';

const WIDE: HoldingLimits = {
  number: 100,
  bytes: 1_000,
  numberByAddress: 100,
  bytesByAddress: 1_000,
  quietMs: 60_000,
};

let opened: Holdings[] = [];
afterEach(() => {
  for (const one of opened) one.close();
  opened = [];
  jest.useRealTimers();
});

/** Holdings, with the names of those that were cut and the log's lines. */
function open(limits: Partial<HoldingLimits>) {
  const lines: string[] = [];
  const stream = new PassThrough().on('data', (chunk: Buffer) =>
    lines.push(...chunk.toString().trim().split('\n')),
  );
  const logger = createLogger({ level: 'info', name: 'test', stream });
  const held = new Holdings('things', { ...WIDE, ...limits }, logger);
  opened.push(held);
  const cut: string[] = [];
  const hold = (name: string, address: string, bytes = 0) => held.hold(address, bytes, () => cut.push(name));
  const events = () => lines.map((line) => (JSON.parse(line) as { event: string }).event);
  return { held, hold, cut, events };
}

describe('what clients make the server hold', () => {
  it('lets who comes in, and cuts the oldest of the same address', () => {
    const { held, hold, cut } = open({ numberByAddress: 2 });
    hold('a1', 'a');
    hold('b1', 'b');
    hold('a2', 'a');
    hold('a3', 'a');
    expect(cut).toEqual(['a1']);
    expect(held.size).toEqual({ number: 3, bytes: 0 });
  });

  it('cuts, in all, what the address holds that holds most', () => {
    const { hold, cut } = open({ number: 3 });
    hold('a1', 'a');
    hold('b1', 'b');
    hold('b2', 'b');
    hold('c1', 'c');
    expect(cut).toEqual(['b1']);
  });

  it('counts bytes as they come, and spares the one that grows while there are others', () => {
    const { held, hold, cut } = open({ bytesByAddress: 100 });
    const growing = hold('a1', 'a', 60);
    hold('a2', 'a', 30);
    growing.grow(20);
    expect(cut).toEqual(['a2']);
    growing.grow(900);
    expect(cut).toEqual(['a2']);
    expect(held.size).toEqual({ number: 1, bytes: 980 });
    growing.grow(100);
    expect(cut).toEqual(['a2', 'a1']);
    expect(held.size).toEqual({ number: 0, bytes: 0 });
  });

  it('counts whoever makes progress as the last that came, and forgets what is released', () => {
    const { hold, cut } = open({ numberByAddress: 2 });
    const first = hold('a1', 'a');
    hold('a2', 'a');
    first.touch();
    hold('a3', 'a');
    expect(cut).toEqual(['a2']);
    first.release();
    first.release();
    hold('a4', 'a');
    expect(cut).toEqual(['a2']);
  });

  it('cuts what makes no progress for so long, and says so once', async () => {
    jest.useFakeTimers();
    const { hold, cut, events } = open({ quietMs: 80 });
    const moving = hold('moving', 'a');
    for (let number = 0; number < 5; number++) hold(`still ${number}`, 'b');
    for (let turn = 0; turn < 6; turn++) {
      await jest.advanceTimersByTimeAsync(30);
      moving.touch();
    }
    expect(cut).toEqual([0, 1, 2, 3, 4].map((number) => `still ${number}`));
    expect(events()).toEqual(['slow clients: things are cut']);
  });
});
