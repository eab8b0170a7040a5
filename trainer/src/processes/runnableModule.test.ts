import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { FAILED_STATUS } from '../tasks/protocol.ts';
import { runnableModule } from './runnableModule.ts';

// Under CI other tests start what is built (`jest.config.js`).
it('runs a source as it is', () => {
  const { file, execArgv, env } = runnableModule('./spark/taskMain.ts');
  expect(file).toMatch(/src\/spark\/taskMain\.ts$/);
  const { status, stdout, stderr } = spawnSync(process.execPath, [...execArgv, file], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    input: '',
  });
  expect({ status, stderr }).toEqual({ status: FAILED_STATUS, stderr: '' });
  expect(stdout).toContain('the task did not come');
}, 30_000);
