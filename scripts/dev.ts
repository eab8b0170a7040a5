/** `npm run dev`: the API and the portal from their sources, both reloading when these change. */
import { readConfig, runMain } from '@pocketrocket/runtime';
import { databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { compileKernels } from './lib/kernels.ts';
import { exitOf, ROOT, start, tool } from './lib/processes.ts';

await runMain(async () => {
  const config = readConfig(process.env, databaseUrlProblems);
  await compileKernels();
  const origin = `http://${config.host}:${config.port}`;
  const children = [
    start(
      tool('tsx', [
        'watch',
        '--tsconfig',
        'tsconfig.base.json',
        '--conditions=@pocketrocket/source',
        'server/src/main.ts',
      ]),
    ),
    start({ ...tool('vite'), cwd: `${ROOT}/client` }, { env: { ...process.env, API_ORIGIN: origin } }),
  ];
  const stop = (signal: NodeJS.Signals) => children.forEach((child) => child.kill(signal));
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  await Promise.race(children.map(exitOf));
  stop('SIGTERM');
});
