import { PassThrough } from 'node:stream';
import type { CommandContext } from '../commands/common/context.ts';
import { fitHere } from '../pipeline/fitting/fitter.ts';
import type { Fitter } from '../pipeline/fitting/fitter.ts';
import { createProgram } from '../program.ts';

const fitInProcess: Fitter = async (job, data, onEpoch, signal) => {
  signal.throwIfAborted();
  return fitHere(job, data, onEpoch);
};

/** Runs one trainer command in this process; what it throws is thrown. */
export async function runTrainer(
  args: readonly string[],
  env: Record<string, string> = {},
  {
    signal = new AbortController().signal,
    fit = fitInProcess,
  }: Partial<Pick<CommandContext, 'signal' | 'fit'>> = {},
): Promise<{ stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  // Like a pipe: no terminal on the other side, whose size or cursor anyone could ask about.
  const pipe = stderr as unknown as NodeJS.WriteStream;
  const program = createProgram({ env, stdout, stderr: pipe, signal, fit });
  for (const command of program.commands)
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  await program.exitOverride().parseAsync([...args], { from: 'user' });
  return { stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}
