import { AppError, requireSupportedNode, runCli } from '@pocketrocket/runtime';
import { asUnavailable } from '@pocketrocket/schema/database';
import { fitInChild } from './pipeline/fitting/fitInChild.ts';
import { createProgram } from './program.ts';

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => {
    stopping.abort(
      new AppError('INTERRUPTED', `stopped by ${name}; nothing was published; the fitted models are cached`),
    );
  });
}

const program = createProgram({
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stopping.signal,
  fit: fitInChild,
});
program.hook('preAction', () => requireSupportedNode(process.versions.node));
await runCli(program, process.argv, asUnavailable);
