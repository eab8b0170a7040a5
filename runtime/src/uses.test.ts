import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startOfProcess } from './processes.ts';
import { claimUse, describeUse, usesOf, type Use } from './uses.ts';

let folder: string;
let place: string;
let children: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pocketrocket-uses-'));
  place = join(folder, 'data.sqlite.in-use');
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** The mark of another process, as it is left behind. */
function leaveMark(mark: Partial<Use>): string {
  claimUse([place], { purpose: 'server' });
  const [name = ''] = readdirSync(place);
  const file = join(place, name);
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as Use), ...mark }));
  return file;
}

async function startProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  children.push(child);
  await once(child, 'spawn');
  return child.pid ?? 0;
}

describe('the use of a place', () => {
  it('keeps away whoever replaces what is there, and is told by process and time', async () => {
    const pid = await startProcess();
    leaveMark({ pid, started: startOfProcess(pid), since: '2026-01-02T03:04:05.678Z' });
    expect(() => claimUse([place], { purpose: 'reset', isExclusive: true })).toThrow(
      `a server (process ${pid}, since 2026-01-02 03:04:05 UTC) uses what is to be replaced; nothing was changed: stop it`,
    );
    const release = claimUse([place], { purpose: 'trainer' });
    expect(usesOf(place).map(({ purpose }) => purpose)).toEqual(['server', 'trainer']);
    release();
    expect(usesOf(place).map(describeUse)).toEqual([
      `a server (process ${pid}, since 2026-01-02 03:04:05 UTC)`,
    ]);
  });

  it('waits for nobody, but keeps away whoever comes while what is there is replaced', () => {
    const release = claimUse([place], { purpose: 'restore', isExclusive: true });
    expect(() => claimUse([place], { purpose: 'server' })).toThrow(
      /^a restore \(process \d+, since .*\) is replacing what is there; try again when it has ended$/,
    );
    release();
    claimUse([place], { purpose: 'server' })();
    expect(existsSync(place)).toBe(false);
  });

  it('ends with its process, and is not taken over by a later one of its number', async () => {
    const pid = await startProcess();
    leaveMark({ pid, started: 'before the machine was started again' });
    claimUse([place], { purpose: 'reset', isExclusive: true })();
    leaveMark({ pid, started: startOfProcess(pid) });
    expect(usesOf(place)).toHaveLength(1);
    const [child] = children;
    child?.kill('SIGKILL');
    await once(child ?? process, 'exit');
    claimUse([place], { purpose: 'reset', isExclusive: true })();
    expect(existsSync(place)).toBe(false);
  });

  it('of another machine counts as long as that shows that it is alive', () => {
    const mark = leaveMark({ pid: 1, host: 'elsewhere pid:[1]' });
    expect(() => claimUse([place], { purpose: 'reset', isExclusive: true })).toThrow(
      /^a server \(process 1 on elsewhere, since/,
    );
    const before = new Date(Date.now() - 120_000);
    utimesSync(mark, before, before);
    claimUse([place], { purpose: 'reset', isExclusive: true })();
  });

  it('passes over a place that cannot be, unless it is to be alone there', () => {
    writeFileSync(join(folder, 'file'), '');
    const impossible = join(folder, 'file', 'place');
    claimUse([impossible], { purpose: 'server' })();
    expect(() => claimUse([impossible], { purpose: 'reset', isExclusive: true })).toThrow('ENOTDIR');
  });
});
