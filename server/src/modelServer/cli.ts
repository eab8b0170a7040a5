import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { createLogger, readConfig, requireSupportedNode, runCli } from '@pocketrocket/runtime';
import { databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { terminationSignal } from '../http/terminationSignal.ts';

const program = new Command('npm run model-server --')
  .description(
    "Serves exported SavedModels over TensorFlow Serving's REST API, without TensorFlow: /v1/models/<name>, …/metadata, …:predict.",
  )
  .requiredOption(
    '--dir <folder>',
    'model directory: holds recmodel/<version>/saved_model.pb, or <version>/saved_model.pb',
  )
  .option('--host <address>', 'address to listen on; 0.0.0.0 for every address', '127.0.0.1')
  .option('--port <number>', 'port to listen on; 0 picks a free one', toPort, 8501)
  .option(
    '--max-body <bytes>',
    'larger requests are refused by status 413: half a million numbers take 50 ms to read',
    toBytes,
    1_000_000,
  )
  .option('--model-name <name>', 'name of the model in requests (default: MODEL_NAME)')
  .option(
    '--latest-only',
    "keep only the highest version loaded, as TensorFlow Serving's default policy does",
    false,
  )
  .allowExcessArguments(false)
  .action(async ({ dir, maxBody: maxBodyBytes, modelName, ...rest }) => {
    requireSupportedNode(process.versions.node);
    const config = readConfig(process.env, databaseUrlProblems);
    const options = { ...rest, maxBodyBytes, modelName: modelName ?? config.modelName };
    const logger = createLogger({ level: config.logLevel, name: 'model-server', stream: process.stderr });
    const { startModelServer } = await import('./modelServer.ts');
    const server = await startModelServer({ dir: resolve(dir), ...options, logger });
    process.stdout.write(`The model server serves ${server.url}\n`);
    logger.info({ url: server.url, dir: resolve(dir), ...options }, 'listening');
    const signal = await terminationSignal();
    logger.info({ signal }, 'stopping');
    await server.stop();
  });

await runCli(program, process.argv);

function toBytes(text: string): number {
  const bytes = Number(text);
  if (!/^\d+$/.test(text) || bytes < 1_000 || bytes > 100_000_000)
    throw new InvalidArgumentError('must be a number of bytes from 1000 to 100000000.');
  return bytes;
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('must be a number from 0 to 65535.');
  return port;
}
