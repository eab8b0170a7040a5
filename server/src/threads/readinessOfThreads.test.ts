import { expect, it } from '@jest/globals';
import { READY } from '../http/test/httpHarness.ts';
import { readyWhenWarm } from './readinessOfThreads.ts';

const WARM = { isWarm: true, readiness: READY };
const COLD = { isWarm: false, readiness: READY };

function server(withinMs = 16_000) {
  let time = 0;
  const readinessOf = readyWhenWarm({ size: 2, withinMs }, () => time);
  return { readinessOf, sleep: (ms: number) => (time += ms) };
}

it('is ready once all threads are warm, and stays so while one is started again', () => {
  const { readinessOf } = server();
  const warming = { ...READY, ready: false, problem: 'the server is warming up' };
  expect(readinessOf([WARM])).toEqual(warming);
  expect(readinessOf([WARM, COLD])).toEqual(warming);
  expect(readinessOf([WARM, WARM])).toEqual(READY);
  expect(readinessOf([WARM])).toEqual(READY);
  expect(readinessOf([WARM, COLD])).toEqual(READY);
});

it('waits for a late thread no longer than it may take', () => {
  const { readinessOf, sleep } = server();
  expect(readinessOf([WARM]).ready).toBe(false);
  sleep(16_000);
  expect(readinessOf([WARM])).toEqual(READY);
});

it('is ready with its first thread where none warms up', () => {
  expect(server(0).readinessOf([WARM])).toEqual(READY);
});

it('says what else keeps it from being ready', () => {
  const none = { ...READY, ready: false, modelVersion: null, problem: 'no model has been trained yet' };
  expect(server().readinessOf([{ isWarm: false, readiness: none }])).toEqual(none);
  expect(server().readinessOf([])).toMatchObject({ ready: false, problem: 'the API does not answer' });
});
