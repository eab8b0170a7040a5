import { join } from 'node:path';
import { openCheckout, type Checkout, type CommandName } from './checkout.ts';
import { readOutput, type Circumstances } from './normalise.ts';
import { run, startServer, type Outcome, type ServerProcess, type Settings } from './processes.ts';

/** The surroundings of one recording: a checkout, and a folder for homes, data and outputs. */
export class Laboratory {
  readonly checkout: Checkout;
  readonly tmp: string;
  readonly circumstances: Circumstances;

  constructor(folders: { checkout: string; tmp: string; data: string | null }) {
    const { checkout, tmp, data } = folders;
    this.checkout = openCheckout(checkout);
    this.tmp = tmp;
    this.circumstances = {
      folders: { '<checkout>': checkout, '<tmp>': tmp, ...(data !== null && { '<data>': data }) },
      since: new Date(),
    };
  }

  /** A path inside the folder of this recording. */
  path(...parts: string[]): string {
    return join(this.tmp, ...parts);
  }

  /** Runs a built command on a home of this recording. */
  run(name: CommandName, args: readonly string[], home: string, settings: Settings = {}): Promise<Outcome> {
    return run(process.execPath, [...this.checkout.builtCommand(name), ...args], this.#in(home, settings));
  }

  /** Runs an npm script of the checkout. */
  runScript(name: string, args: readonly string[]): Promise<Outcome> {
    const options = this.#in('none', {});
    const npm = ['run', '--silent', name, '--', ...args];
    return run('npm', npm, { ...options, cwd: this.checkout.folder });
  }

  /** Starts the server on a home of this recording. */
  startServer(home: string, settings: Settings = {}): Promise<ServerProcess> {
    // A busy machine must not change an answer.
    const patient = {
      REQUEST_TIMEOUT_MS: '600000',
      RANKER_TIMEOUT_MS: '60000',
      LOG_LEVEL: 'warn',
      BUDGET_PER_SECOND: '0',
      // Whether it is ready must not depend on the time either.
      WARM_UP_MS: '0',
    };
    return startServer([this.checkout.server], this.#in(home, { ...patient, ...settings }));
  }

  /** Starts the server of exported models on a home's versions. */
  startModelServer(home: string): Promise<ServerProcess> {
    const command = this.checkout.builtCommand('model-server');
    const args = ['--dir', this.path(home, 'models'), '--port', '0'];
    return startServer([...command, ...args], this.#in(home, { LOG_LEVEL: 'warn' }));
  }

  /** An outcome as it stands in a recording. */
  readOutcome({ status, stdout, stderr }: Outcome): object {
    return {
      status,
      stdout: readOutput(stdout, this.circumstances),
      stderr: readOutput(stderr, this.circumstances),
    };
  }

  #in(home: string, settings: Settings): { settings: Settings; cwd: string } {
    return {
      settings: { HOME: this.tmp, TMPDIR: this.path('tmp'), POCKETROCKET_HOME: this.path(home), ...settings },
      cwd: this.tmp,
    };
  }
}
