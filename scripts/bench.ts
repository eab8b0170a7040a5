/** `npm run bench -- <what>`: measured speed, for people and for comparing two states of the code on one machine. */
import { Command, Option } from '@commander-js/extra-typings';
import { runCli } from '@pocketrocket/runtime';
import { benchFoldIn } from './bench/foldIn.ts';
import { benchCatalogue } from './bench/catalogue/bench.ts';
import { benchCost } from './bench/cost/bench.ts';
import { benchEvents } from './bench/events/bench.ts';
import { benchFuzz } from './bench/fuzz.ts';
import { benchHostile } from './bench/hostile/bench.ts';
import { benchImport } from './bench/import/index.ts';
import { benchInstall } from './bench/install.ts';
import { benchKernels } from './bench/kernels.ts';
import { benchLive } from './bench/live/bench.ts';
import { benchPortal, MEASURES } from './bench/portal/bench.ts';
import { benchRetrieval } from './bench/retrieval.ts';
import { benchServe } from './bench/serve/bench.ts';
import { benchSharing } from './bench/sharing/index.ts';
import { benchTfServing } from './bench/tfServing.ts';
import { benchSoak } from './bench/soak.ts';
import { benchSpark } from './bench/spark/bench.ts';

const numbers = (list: string) => list.split(',').map(Number);

const program = new Command('npm run bench --').description('Measures speed on this machine.');

program
  .command('serve')
  .description('Requests per second and latency of the recommendation query against a real server process.')
  .option('--data <name or path>', 'data set to serve; `synthetic` for one that is made up', 'sample')
  .option(
    '--concurrency <list>',
    'requests under way at once, one measurement for each',
    numbers,
    [1, 16, 64],
  )
  .option('--seconds <n>', 'how long to measure each, after a warm-up of half of it', Number, 12)
  .addOption(
    new Option('--stack <stack>', 'full: DATABASE_URL, REDIS_URL, and a model server that is started')
      .choices(['embedded', 'full'] as const)
      .default('embedded' as const),
  )
  .option(
    '--workers <list>',
    'compare servers with so many API threads each, in turn, round after round; the first is what others are compared with',
    numbers,
  )
  .option('--against <folder>', 'with --workers: compare with the built server of another checkout, too')
  .option('--rounds <n>', 'with --workers: how often each is measured', Number, 5)
  .option(
    '--traces',
    'with --workers: what it costs to send traces, of all requests and of one in ten',
    false,
  )
  .option('--cold', "make users' profiles for every request, as if nobody came twice", false)
  .option('--movies <n>', 'of the synthetic data', Number, 100_000)
  .option('--users <n>', 'of the synthetic data', Number, 200_000)
  .option('--ratings-per-user <n>', 'of the synthetic data, on average', Number, 25)
  .option('--home <folder>', 'keep database and model here and use them again; else a temporary folder')
  .allowExcessArguments(false)
  .action((options) => benchServe(options));

program
  .command('catalogue')
  .description(
    'Starts of a server on a catalogue most of which nobody has rated: time, memory, and how long requests are held up. Fails where it is too much.',
  )
  .option('--movies <n>', 'how many', Number, 100_000)
  .option('--rated <n>', 'those with ratings', Number, 3_000)
  .option('--starts <n>', 'how often it is started; the first start has nothing kept from before', Number, 2)
  .option('--against <checkout>', 'another checkout, built, to compare with in turn')
  .option('--home <folder>', 'keep database and model here and use them again; else a temporary folder')
  .allowExcessArguments(false)
  .action((options) => benchCatalogue(options));

program
  .command('events')
  .description(
    "Events of an app's users taken a second, in batches of 500, while a reader asks for the lists of the same users. Fails where a list does not reflect an event that was acknowledged.",
  )
  .option('--data <name or path>', 'data set to serve', 'sample')
  .option('--seconds <n>', 'how long to measure each', Number, 10)
  .option('--clients <list>', 'clients that send at once, one measurement for each', numbers, [1, 4])
  .option('--database <url>', 'an empty database to use instead of SQLite')
  .option('--home <folder>', 'keep database and model here and use them again; else a temporary folder')
  .allowExcessArguments(false)
  .action((options) => benchEvents(options));

program
  .command('cost')
  .description(
    'CPU of each operation of the hostile corpus, of the portal and of single fields, against its price. Fails where one takes more than three times its price.',
  )
  .option('--data <name or path>', 'data set to serve', 'sample')
  .option('--only <text>', 'measure only operations whose name contains this')
  .option('--home <folder>', 'keep database and model here and use them again; else a temporary folder')
  .allowExcessArguments(false)
  .action((options) => benchCost(options));

program
  .command('hostile')
  .description(
    'What a well-behaved client and a health probe notice while attackers send the hostile corpus, on a heap of 512 MB. Fails where it is too much.',
  )
  .option('--data <name or path>', 'data set to serve', 'sample')
  .option('--seconds <n>', 'how long for each number of attackers', Number, 20)
  .option('--attackers <list>', 'numbers of attackers, one measurement for each', numbers, [1, 4])
  .addOption(
    new Option(
      '--budgets <budgets>',
      'default: those of the settings, and a bystander that stays within them; none: nobody is refused for what was used',
    )
      .choices(['default', 'none'] as const)
      .default('default' as const),
  )
  .option('--home <folder>', 'keep database and model here and use them again; else a temporary folder')
  .allowExcessArguments(false)
  .option('--against <folder>', 'measure the built server of another checkout first')
  .action((options) => benchHostile(options));

program
  .command('live')
  .description(
    'How soon after a rating its list is with a subscriber, how soon after a publication all are, and what a subscriber costs. Fails where it is too much.',
  )
  .option('--data <name or path>', 'data set to serve', 'sample')
  .option('--subscribers <n>', 'connections with a subscription each, all from this machine', Number, 5_000)
  .option('--ratings <n>', 'given one after the other', Number, 300)
  .option('--minutes <n>', 'how long memory is watched while subscribers come and go', Number, 0)
  .option('--home <folder>', 'keep database and model here and use them again; else a temporary folder')
  .allowExcessArguments(false)
  .action((options) => benchLive(options));

program
  .command('portal')
  .description(
    'The portal in a browser: on a slow phone, cold, when the largest text or picture shows (beside a page of nothing but words) and how long inputs take; unthrottled, main thread, layout shift at eight widths, heap over 100 pages, frames of a long list. Fails where something is more than it may be.',
  )
  .option('--url <origin>', 'a server that runs', 'http://127.0.0.1:4000')
  .option('--rounds <n>', 'how often each is measured; the median counts', Number, 5)
  .option('--chromium <file>', 'the browser', process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium')
  .addOption(new Option('--only <names...>', 'measure only these').choices(Object.keys(MEASURES)).default([]))
  .allowExcessArguments(false)
  .action((options) => benchPortal(options));

program
  .command('fuzz')
  .description('Sends random operations made from the schema, and fails where the server does.')
  .option('--data <name or path>', 'data set to serve', 'sample')
  .option('--count <n>', 'how many', Number, 10_000)
  .option('--seed <n>', 'of the first; each further one has the next', Number, 0)
  .option('--home <folder>', 'keep database and model here and use them again; else a temporary folder')
  .allowExcessArguments(false)
  .action((options) => benchFuzz(options));

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
  .command('sharing')
  .description(
    'What a second thread on one copy of a model costs in memory and brings in speed, and whether memory goes with models.',
  )
  .requiredOption('--home <folder>', 'holds a trained model, such as `serve --home` leaves behind')
  .option('--requests <n>', 'that a thread serves at a time', Number, 300)
  .option('--rounds <n>', 'interleaved rounds after one to warm up; the median counts', Number, 7)
  .option('--exchanges <n>', 'of the model', Number, 30)
  .allowExcessArguments(false)
  .action((options) => benchSharing(options));

program
  .command('fold-in')
  .description('How long vectors for every model take to make from the ratings of a user nobody trained on.')
  .allowExcessArguments(false)
  .action(() => benchFoldIn());

program
  .command('spark')
  .description(
    'What each stage of a training on Spark takes as ratings grow: seconds, shuffle, memory; made-up ratings on a cluster of this machine.',
  )
  .argument(
    '[options...]',
    'of `trainer train`, after --; unless given the quick recipe, two epochs, fits alone',
  )
  .option('--ratings <list>', 'sizes, one training for each', numbers, [1e6, 1e7])
  .option('--movies <n>', 'in the catalogue, of every size', Number, 20_000)
  .option('--ratings-per-user <n>', 'on average', Number, 160)
  .option('--workers <n>', 'of the cluster, with one core and one executor each', Number, 2)
  .option('--executor-memory <size>', 'heap of each executor', '1g')
  .option('--read', 'SQL stages alone: stop each training once the ratings are read', false)
  .option('--extrapolate <list>', 'sizes for which to extrapolate', numbers, [1e8, 1e9])
  .option('--json <file>', 'write all figures there as JSON')
  .option('--home <folder>', 'keep what was made up here and use it again; else a temporary folder')
  .action((trainerOptions, options) => benchSpark(options, trainerOptions));

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
  .addOption(
    new Option('--faults <kinds>', 'models: nothing fails, another model is published every other minute')
      .choices(['all', 'models'] as const)
      .default('all' as const),
  )
  .option('--heap', "compare snapshots of the heaps, which takes some of the server's time and memory", false)
  .option('--csv <file>', "write the server's memory, a line a second")
  .option('--svg <file>', "draw the server's memory")
  .addHelpText(
    'after',
    '\nNeeds mariadbd, mariadb-install-db and redis-server on PATH; starts servers of its own.',
  )
  .allowExcessArguments(false)
  .action((options) => benchSoak(options));

program
  .command('retrieval')
  .description(
    "What retrieval by Redis' vector set costs and misses beside exact search, on the published model's item vectors.",
  )
  .option('--redis <url>', 'a Redis 8', 'redis://127.0.0.1:6379')
  .option('--queries <n>', 'how many users ask', Number, 100)
  .option('--items <n>', "so many random vectors instead of the model's", Number)
  .option('--dim <n>', 'numbers in each random vector', Number, 64)
  .allowExcessArguments(false)
  .action((options) => benchRetrieval(options));

program
  .command('import')
  .description(
    "Imports made-up ratings of ml-32m's shape into MySQL, and compares with a bare LOAD DATA of the same rows.",
  )
  .option('--ratings <n>', 'how many ratings', Number, 32_000_000)
  .option('--users <n>', 'by how many users', Number, 200_000)
  .option('--movies <n>', 'of how many movies', Number, 87_000)
  .option('--seed <n>', 'of the random numbers', Number, 1)
  .option('--unsorted', 'not by user, so that the import has to sort')
  .option('--url <url>', 'MySQL server; DATABASE_URL unless given. A database of its own is made and dropped')
  .option('--home <folder>', 'keep the files here and use them again; else a temporary folder')
  .allowExcessArguments(false)
  .action((options) => benchImport(options));

program
  .command('install')
  .description(
    "Times `npm ci` of the last commit and of another one in turn, once npm's cache has the packages of both, and prints its warnings.",
  )
  .requiredOption('--against <commit>', 'the other one')
  .option('--rounds <n>', 'how often each is timed', Number, 3)
  .allowExcessArguments(false)
  .action((options) => benchInstall(options));

await runCli(program, process.argv);
