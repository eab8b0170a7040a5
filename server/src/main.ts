import { fileURLToPath } from 'node:url';
import { createLogger, readConfig, requireSupportedNode, runMain } from '@pocketrocket/runtime';
import { databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { terminationSignal } from './http/terminationSignal.ts';

const PORTAL_DIR = fileURLToPath(new URL('../../client/dist', import.meta.url));

await runMain(async () => {
  requireSupportedNode(process.versions.node);
  const config = readConfig(process.env, databaseUrlProblems);
  const logger = createLogger({ level: config.logLevel, name: 'server', stream: process.stderr });
  // Node.js ends the process all the same; the log is where its end is looked for.
  process.on('uncaughtExceptionMonitor', (error) => logger.fatal({ err: error }, 'crashed'));
  // Loaded only now: what an old Node.js cannot read must not come before saying so.
  const { startServer } = await import('./server.ts');
  const server = await startServer(config, logger, PORTAL_DIR);
  process.stdout.write(`PocketRocket serves ${server.url}\n`);

  const signal = await terminationSignal();
  logger.info({ signal }, 'stopping');
  // Ctrl+C is pressed by somebody who waits for it.
  await server.stop({ atOnce: signal === 'SIGINT' });
  logger.info('stopped');
});
