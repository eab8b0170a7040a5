import type { CommandName } from './checkout.ts';
import type { Laboratory } from './laboratory.ts';
import { normalise } from './normalise.ts';
import type { Settings } from './processes.ts';

/** The outcomes of command lines, by home and line. */
export class CommandLog {
  readonly outcomes: Record<string, unknown> = {};
  readonly #lab: Laboratory;

  constructor(lab: Laboratory) {
    this.#lab = lab;
  }

  /**
   * Runs command lines on a home, one after the other, and keeps what they print and how they end.
   * @param lines words separated by blanks, the first one being the command; `~` stands for the recording's folder
   */
  async run(home: string, lines: readonly string[], settings: Settings = {}): Promise<void> {
    for (const line of lines) {
      const [name = '', ...args] = line.split(' ');
      const outcome = await this.#lab.run(
        name as CommandName,
        args.map((arg) => arg.replace('~', this.#lab.tmp)),
        home,
        settings,
      );
      const given = Object.entries(settings).map(([key, value]) => `${key}=${value} `);
      const shown = normalise(`${home}: ${given.join('')}${line}`, this.#lab.circumstances);
      this.keep(shown, this.#lab.readOutcome(outcome));
    }
  }

  /** Keeps an outcome; a line that was run before gets a number. */
  keep(line: string, outcome: object): void {
    let key = line;
    for (let time = 2; key in this.outcomes; time++) key = `${line} (${time})`;
    this.outcomes[key] = outcome;
  }
}

const TRAINER_COMMANDS = [
  'train',
  'evaluate',
  'list',
  'show',
  'publish',
  'rollback',
  'prune',
  'report',
  'split',
  'export',
  'export-vectors',
  'recommend',
  'similar',
];

/** Lines that print how to use each command. */
export const HELP_LINES: readonly string[] = [
  'seed --help',
  'seed convert --help',
  'trainer --help',
  ...TRAINER_COMMANDS.map((name) => `trainer ${name} --help`),
  'doctor --help',
  'model-server --help',
  'backup --help',
  'restore --help',
];

/** npm scripts without a built command that print how to use them. */
export const HELP_SCRIPTS: readonly string[] = ['start', 'bench'];

const ALONE = '--threads 1 --seed 42 --progress none';

/** Lines that fill a home and train both recipes on it, one thread each. */
export function trainingLines(source: string): readonly string[] {
  return [
    `seed ${source} --json --progress none`,
    `trainer train ${ALONE} --quick --json`,
    `trainer train ${ALONE} --json`,
  ];
}

/** Lines that read what was trained, for some users and movies. */
export function readingLines(userIds: readonly number[], movieIds: readonly number[]): readonly string[] {
  return [
    'trainer list --json',
    'trainer show 1',
    'trainer show 2 --json',
    ...userIds.map((userId) => `trainer recommend --user ${userId} --first 20 --json`),
    ...movieIds.map((movieId) => `trainer similar --movie ${movieId} --json`),
    'doctor --json',
  ];
}

const PROTOCOLS = ['last-out-sampled', 'last-out', 'user-75-25', 'time'];
const negativesOf = (protocol: string) => (protocol === 'last-out-sampled' ? ' --negatives 20' : '');

/** Lines that take a small data set through every command. */
export const SMALL_LINES: readonly string[] = [
  'seed ~/data/small --dry-run',
  'seed ~/data/small --dry-run --json',
  'seed ~/data/small --json --progress json',
  'seed ~/data/small',
  'seed ~/data/other --if-empty',
  'seed ~/data/other',
  'seed convert ~/data/small --out ~/converted --json',
  'seed convert ~/data/small --out ~/converted',
  'seed convert sample --out ~/convertedSample --json',
  'trainer list',
  'trainer rollback',
  'trainer recommend --user 1',
  `trainer train --threads 1 --seed 42 --quick --negatives 20 --json --progress json`,
  `trainer train ${ALONE} --quick --if-missing --json`,
  `trainer train ${ALONE} --quick --only fit --json`,
  `trainer train ${ALONE} --quick --only fit,evaluate --negatives 20`,
  `trainer train ${ALONE} --quick --protocol user-75-25 --item2vec-epochs 3 --neural-cf-epochs 1 --force --json`,
  `trainer train ${ALONE} --quick --protocol time --seed 43 --force`,
  'trainer list',
  'trainer list --json',
  'trainer show 1',
  'trainer show 3 --json',
  'trainer publish 1 --json',
  'trainer publish 2',
  'trainer rollback --json',
  'trainer rollback',
  'trainer list --json',
  'trainer report --out ~/report.html --json',
  'trainer report --model-version 2',
  'trainer export --out ~/export --json',
  'trainer export --out ~/export --model-version 2',
  'trainer export-vectors --items --out ~/vectors/items.csv --json',
  'trainer export-vectors --users --out ~/vectors/users.csv',
  'trainer export-vectors --items --format npy --out ~/vectors/items.npy --json',
  'trainer export-vectors --users --format npy --out ~/vectors/users.npy --json',
  'trainer recommend --user 1',
  'trainer recommend --user 2 --first 3 --json',
  'trainer recommend --user 999 --first 3 --json',
  'trainer similar --movie 100',
  'trainer similar --movie 50 --first 3 --json',
  'backup --out ~/first.backup --json',
  'backup --out ~/second.backup --with-secret',
  'trainer prune --keep 1 --json',
  'trainer prune --keep 1',
  'doctor',
  'doctor --json',
  ...PROTOCOLS.map(
    (protocol) => `trainer split --data ~/data/small --protocol ${protocol} --out ~/split/${protocol} --json`,
  ),
  ...PROTOCOLS.map(
    (protocol) =>
      `trainer evaluate --data ~/data/small --protocol ${protocol}${negativesOf(protocol)} ${ALONE} --quick --json`,
  ),
  `trainer evaluate --data ~/data/small --negatives 20 ${ALONE}`,
  `trainer evaluate --train ~/split/time/train.csv --holdout ~/split/time/holdout.csv ${ALONE} --quick`,
  `trainer evaluate --train ~/split/last-out-sampled/train.csv --holdout ~/split/last-out-sampled/holdout.csv --negatives ~/split/last-out-sampled/negatives.csv ${ALONE} --quick --json`,
];

/** Lines that bring a backup into a new home, and lines that use what is there then. */
export const RESTORE_LINES: readonly [restoring: readonly string[], using: readonly string[]] = [
  ['restore ~/first.backup --json', 'restore ~/first.backup', 'restore ~/second.backup --replace'],
  [
    'doctor --json',
    'trainer list --json',
    'trainer recommend --user 1 --json',
    // Other data in place of those that the models were trained on.
    'seed ~/data/other --replace --json',
    'trainer recommend --user 1',
    'trainer publish 1',
    'trainer publish 99',
    'doctor',
  ],
];

/** Lines that are wrong, or ask for what is not there, on a home without anything. */
export const WRONG_LINES: readonly string[] = [
  'seed ~/absent',
  'seed ~/data/broken --strict',
  'seed ~/data/broken --dry-run',
  'seed ~/data/broken --dry-run --json',
  'seed ~/data/empty',
  'seed --bogus',
  'seed one two',
  'seed --progress loud',
  'seed convert',
  'seed convert ~/data/small --out ~/data/other',
  'trainer bogus',
  'trainer train --seed x',
  'trainer train --only sleep',
  'trainer train --progress none',
  'trainer train --protocol time --negatives 9 --progress none',
  'trainer evaluate',
  'trainer evaluate --train ~/data/small/ratings.csv',
  'trainer evaluate --train ~/absent.csv --holdout ~/data/small/ratings.csv',
  'trainer evaluate --data ~/absent',
  'trainer evaluate --data ~/data/small --protocol guess',
  'trainer list',
  'trainer show 99',
  'trainer show x',
  'trainer publish 99',
  'trainer rollback',
  'trainer prune --keep 0',
  'trainer report',
  'trainer split --data ~/data/small',
  'trainer export --out ~/export --model-version 9',
  'trainer export-vectors --out ~/x.csv',
  'trainer export-vectors --items --users --out ~/x.csv',
  'trainer recommend --user abc',
  'trainer recommend',
  'trainer similar --movie 99999999999',
  'trainer similar --movie 1',
  'backup',
  'backup --out ~/data/small/movies.csv',
  'restore ~/absent.backup',
  'restore ~/data/small/movies.csv',
  'model-server',
  'model-server --dir ~ --port 99999',
  'schema --bogus',
  'doctor --bogus',
  'doctor',
];

/** Settings that are wrong, and a line that meets them. */
export const WRONG_SETTINGS: readonly [Settings, string][] = [
  [{ PORT: '70000', LOG_LEVEL: 'loud', CORS_ORIGINS: 'nowhere' }, 'doctor --json'],
  [{ DATABASE_URL: 'postgres://somewhere/else' }, 'trainer list'],
  [{ DATABASE_URL: 'mysql://user:password@127.0.0.1:1/database' }, 'seed ~/data/small --progress none'],
  [{ MOVIELENS_URL: 'ftp://somewhere' }, 'seed ml-latest-small'],
  [{ MOVIELENS_URL: 'http://127.0.0.1:1' }, 'seed ml-latest-small --progress none'],
  [{ RANKER: 'tfjs' }, 'doctor'],
  [{ RANKER: 'tf-serving' }, 'doctor'],
  [{ RETRIEVAL: 'redis' }, 'doctor'],
  [{ SHADOW_RANKER: 'engine' }, 'doctor'],
  [{ REDIS_URL: 'http://127.0.0.1' }, 'trainer list'],
  [{ MODEL_DIR: '/dev/null/models' }, 'trainer list'],
];
