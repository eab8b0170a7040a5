/** `npm run spark -- up|down|status`: a standalone Spark cluster on this machine, to train on and to test with. */
import { join } from 'node:path';
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { AppError, findSpark, readConfig, requireSupportedNode, runCli } from '@pocketrocket/runtime';
import { databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { clusterReport, startCluster, stopCluster } from './spark/cluster.ts';

requireSupportedNode(process.versions.node);
const config = readConfig(process.env, databaseUrlProblems);
const folder = join(config.home, 'spark-cluster');

const program = new Command('npm run spark --').description(
  'A standalone Spark cluster on this machine: a master and workers of bounded size (docs/spark.md).',
);

program
  .command('up')
  .description("Starts it and prints the master's address.")
  .option('--workers <number>', 'workers', wholeNumber(1), 2)
  .option('--cores <number>', 'cores of each worker', wholeNumber(1), 1)
  .option('--memory <size>', 'memory of each worker for its executors, such as 1g', memorySize, '1g')
  .option('--port <number>', 'port of the master; 0 for a free one', wholeNumber(0), 0)
  .action(async (options) => {
    const spark = await findSpark(config, process.env);
    const { master } = await startCluster(folder, spark, process.env, options);
    process.stdout.write(`${master}\n`);
  });

program
  .command('down')
  .description('Stops it and removes its folder.')
  .action(async () => {
    const stopped = await stopCluster(folder);
    process.stderr.write(stopped ? `stopped ${stopped.master}\n` : 'no cluster runs\n');
  });

program
  .command('status')
  .description('Says whether it runs, with how many workers, and what runs on it.')
  .action(async () => {
    const report = await clusterReport(folder);
    if (!report) throw new AppError('NOT_FOUND', 'no cluster runs; `npm run spark -- up` starts one');
    const { master, webUrl, workers, cores, memoryMebibytes, applications } = report;
    process.stdout.write(
      `${master}: ${workers} workers, ${cores} cores, ${memoryMebibytes} MiB for executors; ` +
        `${applications.length > 0 ? applications.join(', ') : 'idle'} (${webUrl})\n`,
    );
  });

await runCli(program, process.argv);

function wholeNumber(least: number) {
  return (text: string): number => {
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`It must be a whole number, ${least} or more.`);
  };
}

function memorySize(text: string): string {
  if (/^[1-9]\d*[mg]$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a number with m or g, such as 512m or 1g.');
}
