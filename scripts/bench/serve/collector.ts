import { fileURLToPath } from 'node:url';
import { startServerProcess, type RunningServer } from '../../topology/processes.ts';

/** Starts a collector of traces that throws them away, as a process of its own. */
export function openCollector(): Promise<RunningServer> {
  const script = fileURLToPath(new URL('./collectorMain.ts', import.meta.url));
  const run = { command: process.execPath, args: [...process.execArgv, script] };
  return startServerProcess(run, process.env, '/');
}
