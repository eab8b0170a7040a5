import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { it } from '@jest/globals';

const FOLDER = process.env['TEST_DEPLOY_TOOLS'];

/** A tool's output and exit status. */
export interface ToolRun {
  status: number;
  output: string;
}

/** Runs a checker with arguments, in a folder. */
export type Tool = (args: readonly string[], cwd: string) => Promise<ToolRun>;

/**
 * A test by an executable of the folder that `TEST_DEPLOY_TOOLS` names (`compose-spec`, `hadolint`, `kubernetes-validate`, `kustomize`, `promtool`); without it
 * the test is skipped, but fails under CI.
 */
export function itWithTool(name: string, tool: string, test: (run: Tool) => Promise<void>): void {
  const command = FOLDER === undefined ? null : join(FOLDER, tool);
  if (command !== null && existsSync(command)) {
    it(name, () => test((args, cwd) => run(command, args, cwd)), 60_000);
    return;
  }
  const problem = `TEST_DEPLOY_TOOLS names no folder that has ${tool}`;
  if (process.env['CI']) throw new Error(problem);
  it.skip(`${name} (${problem})`, () => undefined);
}

/** Runs another tool in a test by one of them. */
export function runTool(tool: string, args: readonly string[], cwd: string): Promise<ToolRun> {
  return run(join(FOLDER ?? '', tool), args, cwd);
}

async function run(command: string, args: readonly string[], cwd: string): Promise<ToolRun> {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, [...args], { cwd, maxBuffer: 2 ** 24 });
    return { status: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, output: stdout + stderr };
  }
}
