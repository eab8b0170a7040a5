import { AppError } from '@pocketrocket/runtime';
import { hostileCorpus, largestVariables, portalOperations } from '@pocketrocket/testing';
import { built } from '../../lib/processes.ts';
import { startReadyServer, type Environment, type RunningServer } from '../../topology/processes.ts';
import { embeddedEnvironment, NO_SYNTHETIC, prepareHome, withHome } from '../serve/home.ts';
import { measureOperation, type Measured } from './measure.ts';
import { probes, type MeasuredOperation } from './probes.ts';
import { ask, worldOf } from './world.ts';

export interface CostBenchOptions {
  data: string;
  only?: string | undefined;
  home?: string | undefined;
}

/** An operation may take so many times its price. */
const MOST_OF_PRICE = 3;

const WARM_UP_REQUESTS = 2_000;

/** Prints price and CPU of operations, the worst priced ones first. @throws AppError QUALITY_GATE where one is priced too low */
export async function benchCost(options: CostBenchOptions): Promise<void> {
  await withHome(options.home, (home) => measureAll(home, options));
}

async function measureAll(home: string, { data, only }: CostBenchOptions): Promise<void> {
  const env = { ...embeddedEnvironment(home), REQUEST_TIMEOUT_MS: '600000', WORKERS: '1' };
  const running: RunningServer[] = [];
  try {
    await prepareHome({ ...NO_SYNTHETIC, data }, home, env);
    const start = async (more: Environment) => {
      const server = await startReadyServer(built('server'), { ...env, ...more });
      running.push(server);
      return server;
    };
    const pricer = await start({ LOG_LEVEL: 'info', MAX_COST: '100' });
    const server = await start({ MAX_COST: '10000000', MAX_ANSWER_BYTES: '100000000' });
    await warmUp(server.origin);
    const measured: Measured[] = [];
    for (const operation of await operationsFor(server.origin, only)) {
      const one = await measureOperation(pricer, server, operation);
      measured.push(one);
      process.stdout.write(`${lineOf(one)}\n`);
    }
    judge(measured);
  } finally {
    for (const server of running) await server.stop();
  }
}

/** Until V8 has made fast code of what every request needs. */
async function warmUp(origin: string): Promise<void> {
  for (let serial = 0; serial < WARM_UP_REQUESTS; serial++)
    await ask(origin, `{ movies(first: 5) { nodes { title genres { name } } } } #${serial % 500}`);
}

async function operationsFor(origin: string, only = ''): Promise<MeasuredOperation[]> {
  const world = await worldOf(origin);
  const portal = portalOperations(
    largestVariables({ movieIds: world.movieIds, genre: world.genres[0] ?? 'Drama' }),
  );
  const corpus = hostileCorpus(world).flatMap(({ name, body }): MeasuredOperation[] => {
    const sent = body();
    if (typeof sent !== 'string') return [];
    // A client's JSON cannot nest so deep again.
    if (name.includes('brackets')) return [];
    const { query, variables = {} } = parsed(sent);
    return typeof query === 'string' && !query.startsWith('mutation') ? [{ name, query, variables }] : [];
  });
  const all = [
    ...probes(world),
    ...portal
      .filter(({ query }) => !query.startsWith('mutation'))
      .map((one) => ({ ...one, name: `portal: ${one.name}` })),
    ...corpus.map((one) => ({ ...one, name: `corpus: ${one.name}` })),
  ];
  return all.filter(({ name }) => name.includes(only));
}

function parsed(body: string): { query?: unknown; variables?: Record<string, unknown> } {
  try {
    return (JSON.parse(body) ?? {}) as { query?: unknown; variables?: Record<string, unknown> };
  } catch {
    // Bodies that are no JSON have no price.
    return {};
  }
}

function lineOf({ name, price, fresh, again, note }: Measured): string {
  const cells = [price, fresh, again].map((units) => (units === null ? '–' : units.toFixed(0)).padStart(7));
  const ratio = ratioOf({ price, fresh, again });
  return `${cells.join(' ')}  ${ratio === null ? '   –' : ratio.toFixed(2).padStart(5)}  ${name}${note ? ` (${note})` : ''}`;
}

/** CPU by price, of the dearer of both documents. */
function ratioOf({ price, fresh, again }: Pick<Measured, 'price' | 'fresh' | 'again'>): number | null {
  if (price === null || fresh === null) return null;
  return Math.max(fresh, again ?? 0) / price;
}

function judge(measured: readonly Measured[]): void {
  const priced = measured.flatMap((one) => {
    const ratio = ratioOf(one);
    return ratio === null ? [] : [{ ...one, ratio }];
  });
  priced.sort((a, b) => b.ratio - a.ratio);
  const median = priced[Math.floor(priced.length / 2)]?.ratio ?? 0;
  process.stdout.write(
    `\n${priced.length} operations; units of 50 µs: price, CPU of a document that is new, of one that is known, the greater of both by price\n` +
      `median ${median.toFixed(2)}, greatest ${priced[0]?.ratio.toFixed(2) ?? '–'}\n`,
  );
  const tooLow = priced.filter(({ ratio }) => ratio > MOST_OF_PRICE);
  if (tooLow.length > 0)
    throw new AppError(
      'QUALITY_GATE',
      `these take more than ${MOST_OF_PRICE} times their price:\n${tooLow.map(lineOf).join('\n')}`,
    );
}
