/** `npm run bench -- <what>`: measured speed, for people and for comparing two states of the code on one machine. */
import { Command } from '@commander-js/extra-typings';
import { runCli } from '@pocketrocket/schema/runtime';
import { benchFoldIn } from './bench/foldIn.ts';
import { benchKernels } from './bench/kernels.ts';
import { benchServe } from './bench/serve.ts';
import { benchTfServing } from './bench/tfServing.ts';
import { benchSoak } from './bench/soak.ts';

const program = new Command('npm run bench --').description('Measures speed on this machine.');

program
  .command('serve')
  .description('Requests per second and latency of the recommendation query against a real server process.')
  .option('--data <name or path>', 'data set to serve', 'sample')
  .option('--concurrency <n>', 'requests under way at once', Number, 16)
  .option('--seconds <n>', 'how long to measure, after a warm-up of a third of it', Number, 15)
  .option('--home <folder>', 'keep database and model here and use them again; else a temporary folder')
  .allowExcessArguments(false)
  .action((options) => benchServe(options));

program
  .command('kernels')
  .description(
    'How many times faster the kernels are than their references and than other libraries, both sides in one run.',
  )
  .argument('[names...]', 'which comparisons; all unless given')
  .option('--rounds <n>', 'interleaved rounds, of which the median counts', Number, 5)
  .addHelpText(
    'after',
    '\nLibraries in Python are measured where BENCH_PYTHON names a Python that has them (docs/kernels.md).',
  )
  .action((names, options) => benchKernels(names, options));

program
  .command('fold-in')
  .description('How long vectors for every model take to make from the ratings of a user nobody trained on.')
  .allowExcessArguments(false)
  .action(() => benchFoldIn());

program
  .command('tf-serving')
  .description('How long the model server takes to score a list of candidates over HTTP.')
  .option('--data <name or path>', 'data set to train on', 'sample')
  .option('--candidates <n>', 'movies a list', Number, 500)
  .option(
    '--seconds <n>',
    'how long to measure at each concurrency, after a warm-up of a third of it',
    Number,
    8,
  )
  .option('--home <folder>', 'take the model that is here; else one is trained in a temporary folder')
  .allowExcessArguments(false)
  .action((options) => benchTfServing(options));

program
  .command('soak')
  .description(
    'Full load on MariaDB, Redis, a model server and the API with a fault every minute: answers, memory, writes.',
  )
  .option('--minutes <n>', 'how long', Number, 10)
  .option('--concurrency <n>', 'requests under way at once, a fifth of them ratings', Number, 16)
  .option('--csv <file>', "write the server's memory, a line a second")
  .option('--svg <file>', "draw the server's memory")
  .addHelpText(
    'after',
    '\nNeeds mariadbd, mariadb-install-db and redis-server on PATH; starts servers of its own.',
  )
  .allowExcessArguments(false)
  .action((options) => benchSoak(options));

await runCli(program, process.argv);
