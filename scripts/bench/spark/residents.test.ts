import { expect, it } from '@jest/globals';
import { cpuBetween, peakOf, readProcesses, sampleOf } from './residents.ts';

const line = (pid: number, parent: number, command: string, bytes: number) => ({
  pid,
  parent,
  command,
  bytes,
  cpuSeconds: 1,
});

const PROCESSES = [
  line(1, 0, 'init', 1_000),
  line(10, 1, 'node', 100),
  line(11, 10, 'python3', 20),
  line(12, 11, 'java', 30),
  line(13, 10, 'MainThread', 5),
  line(20, 1, 'java', 2_000),
  line(21, 20, 'java', 40),
  line(22, 21, 'python3', 6),
  line(23, 22, 'python3', 7),
  line(24, 23, 'node', 8),
  line(30, 1, 'java', 2_000),
  line(31, 30, 'java', 50),
];

it('tells trainer, driver and the largest executor apart, workers themselves left out', () => {
  expect(sampleOf(PROCESSES, 10, [20, 30], 77)).toEqual({
    at: 77,
    cpuSeconds: 9,
    residents: {
      trainer: 105,
      driver: 50,
      executor: 61,
      executorJvm: 40,
      executorPython: 13,
      executorNode: 8,
    },
  });
});

it('is nothing where nothing runs yet', () => {
  const { residents, cpuSeconds } = sampleOf(PROCESSES, 99, [98], 77);
  expect(residents).toMatchObject({ trainer: 0, driver: 0, executor: 0 });
  expect(cpuSeconds).toBe(0);
});

it('takes the greatest memory and the CPU within a time', () => {
  const sample = (at: number, trainer: number, driver: number) => ({
    at,
    cpuSeconds: at ** 2,
    residents: { ...sampleOf([], 0, [], at).residents, trainer, driver },
  });
  const samples = [sample(1, 100, 100), sample(2, 5, 1), sample(3, 1, 5), sample(4, 100, 100)];
  expect(cpuBetween(samples, 2, 3)).toBe(5);
  expect(cpuBetween(samples, 0, 3.5)).toBe(9);
  expect(peakOf(samples, 2, 3)).toMatchObject({ trainer: 5, driver: 5, executor: 0 });
});

it('reads the processes of this machine', () => {
  const own = readProcesses().find(({ pid }) => pid === process.pid);
  expect(own?.parent).toBe(process.ppid);
  expect(own?.bytes).toBeGreaterThan(10e6);
});
