import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { READING_OPTIONS } from '@pocketrocket/formats';
import { ROOT, tool } from '../lib/processes.ts';

it.each([
  ['scripts/start.ts'],
  ['seeds/src/cli.ts'],
  ['seeds/src/cli.ts', 'convert'],
  ['trainer/src/cli.ts', 'evaluate'],
  ['trainer/src/cli.ts', 'split'],
])('%s %s reads files by the same options as all others', (...command) => {
  const run = tool('tsx', [
    ...['--tsconfig', 'tsconfig.base.json', '--conditions=@pocketrocket/source'],
    ...[...command, '--help'],
  ]);
  const { stdout } = spawnSync(run.command, run.args, { cwd: ROOT, encoding: 'utf8', timeout: 60_000 });
  const help = stdout.replace(/\s+/g, ' ');
  for (const { flags, description } of Object.values(READING_OPTIONS)) {
    expect(help).toContain(flags);
    expect(help).toContain(description);
  }
});
