import { randomUUID } from 'node:crypto';
import {
  exactIndex,
  foldIn,
  IdMap,
  modelFromTensors,
  seededRandom,
  type ExactIndex,
} from '@pocketrocket/engine';
import {
  ITEM_IDS,
  ITEM_VECTORS,
  readArtifact,
  releaseOf,
  servingOrder,
  servingSettingsSchema,
  type Artifact,
  type Manifest,
} from '@pocketrocket/model/artifact';
import { databaseUrlProblems, openDatabase } from '@pocketrocket/schema/database';
import { RedisLink, RedisModelStore, type SearchOptions, type VectorsMeta } from '@pocketrocket/model/redis';
import { AppError, createLogger, readConfig } from '@pocketrocket/runtime';

export interface RetrievalBenchOptions {
  redis: string;
  queries: number;
  /** Random vectors instead of the published model's. */
  items?: number | undefined;
  dim: number;
}

/** Candidates that the server takes. */
const WANTED = 500;
const EFFORTS = [500, 1000, 1500, 2000, 4000];
const COUNTS = [500, 1000, 2000, 4000, 8000];
/** Shares of the items that pass a filter, in hundredths: the attribute is spread evenly over the items. */
const PASSING = [50, 20, 10, 2];

interface Question {
  artifact: Artifact;
  index: ExactIndex;
  queries: Float32Array[];
}

/**
 * Compares retrieval by Redis' vector set with exact search in this process, in time and recall: on the published model's item vectors
 * and its users' tastes, or on random ones. What it writes to Redis is gone afterwards.
 */
export async function benchRetrieval(options: RetrievalBenchOptions): Promise<void> {
  const question = options.items === undefined ? await published(options) : random(options.items, options);
  const logger = createLogger({ level: 'warn', name: 'bench', stream: process.stderr });
  const link = new RedisLink({ url: options.redis, name: 'pocketrocket-bench', logger, timeoutMs: 60_000 });
  const store = new RedisModelStore(link, `bench-${randomUUID()}`);
  try {
    if (!(await link.connected())) throw new AppError('UPSTREAM_UNAVAILABLE', link.problem() ?? 'no answer');
    if (!(await store.hasVectorSets()))
      throw new AppError('ENVIRONMENT', 'this Redis has no vector sets; Redis 8 has');
    await measure(question, store, link);
  } finally {
    await store.clear().catch(() => undefined);
    link.close();
  }
}

async function measure(
  { artifact, index, queries }: Question,
  store: RedisModelStore,
  link: RedisLink,
): Promise<void> {
  const release = releaseOf(artifact.manifest);
  const ids = IdMap.from(artifact.tensors[ITEM_IDS]?.data ?? []);
  const bytes = Object.values(artifact.manifest.tensors).reduce((sum, tensor) => sum + tensor.bytes, 0);
  print(
    `${index.numItems.toLocaleString('en')} items × ${index.dim}, ${queries.length} queries, ${WANTED} candidates`,
  );
  const writeMs = await timed(() => store.writeBlob(artifact));
  const readMs = await timed(() => store.read({ version: artifact.manifest.version, release }));
  print(`blob: ${megabytes(bytes)}, written in ${ms(writeMs)}, read and checked in ${ms(readMs)}`);
  const vectorsMs = await timed(() =>
    store.writeVectors(artifact, (movieId) => ({ year: ids.indexOf(movieId) % 100, genres: [] })),
  );
  const memory = Number(
    await link.command(['MEMORY', 'USAGE', store.keys.release(release).vectors, 'SAMPLES', '100']),
  );
  print(`vector set: written in ${ms(vectorsMs)}, ${megabytes(memory)} in Redis\n`);
  const meta = await store.readVectorsMeta(release);
  if (!meta) throw new Error('the vector set is not there');

  const exact = queries.map((query) => index.topK(query, WANTED).items);
  const inProcess = await timesOf(queries, async (query) => index.topK(query, WANTED));
  print(`search                          recall@${WANTED}    p50        p95`);
  line('exact, in process', 1, inProcess);
  const search = async (name: string, how: Omit<SearchOptions, 'count'>) => {
    const answers: Int32Array[] = [];
    const times = await timesOf(queries, async (query) => {
      answers.push((await store.nearest(release, meta, query, { count: WANTED, ...how })).movieIds);
    });
    const found = answers
      .slice(-queries.length)
      .map((movieIds) => movieIds.map((movieId) => ids.indexOf(movieId)));
    line(name, meanRecall(exact, found), times);
  };
  for (const effort of EFFORTS) await search(`VSIM EF ${effort}`, { effort });
  await search('VSIM TRUTH', { effort: 'exact' });
  print('');
  for (const count of COUNTS.filter((each) => each <= index.numItems)) {
    const times = await timesOf(queries, (query) =>
      store.nearest(release, meta, query, { count, effort: 2 * count }),
    );
    line(`VSIM COUNT ${count} EF ${2 * count}`, null, times);
  }
  print('');
  for (const percent of PASSING) await measureFilter({ percent, index, queries, ids }, store, release, meta);
}

/** A filter inside VSIM, beside asking for so many more that enough of them pass, beside exact search with a mask. */
async function measureFilter(
  {
    percent,
    index,
    queries,
    ids,
  }: { percent: number; index: ExactIndex; queries: Float32Array[]; ids: IdMap },
  store: RedisModelStore,
  release: string,
  meta: VectorsMeta,
): Promise<void> {
  const mask = Uint8Array.from({ length: index.numItems }, (_, item) => (item % 100 < percent ? 1 : 0));
  const exact = queries.map((query) => index.topK(query, WANTED, mask).items);
  line(
    `${percent} % pass: exact, in process`,
    1,
    await timesOf(queries, async (query) => index.topK(query, WANTED, mask)),
  );
  const ways: [string, Omit<SearchOptions, 'effort'>][] = [
    ['FILTER', { count: WANTED, filter: `.year < ${percent}` }],
    ['more, then left out', { count: Math.min(index.numItems, Math.ceil((1.5 * WANTED * 100) / percent)) }],
  ];
  for (const [name, how] of ways) {
    const answers: Int32Array[] = [];
    const times = await timesOf(queries, async (query) => {
      const { movieIds } = await store.nearest(release, meta, query, { ...how, effort: 2 * how.count });
      const items = movieIds.map((movieId) => ids.indexOf(movieId));
      answers.push(items.filter((item) => mask[item] === 1).subarray(0, WANTED));
    });
    line(`${percent} % pass: ${name}`, meanRecall(exact, answers.slice(-queries.length)), times);
  }
}

async function published({ queries }: RetrievalBenchOptions): Promise<Question> {
  const config = readConfig(process.env, databaseUrlProblems);
  const [version] = await servingOrder(config.modelDir);
  if (version === undefined) throw new AppError('NOT_FOUND', `no model is published in ${config.modelDir}`);
  const artifact = await readArtifact(config.modelDir, version);
  const model = modelFromTensors(artifact.tensors, servingSettingsSchema.parse(artifact.manifest.serving));
  const items = IdMap.from(artifact.tensors[ITEM_IDS]?.data ?? []);
  const database = await openDatabase({ url: config.databaseUrl });
  try {
    const rows: { userId: number; movieId: number; halfStars: number }[] = await database.dataSource.query(
      'SELECT userId, movieId, halfStars FROM rating ORDER BY userId, ratedAtSeconds, movieId',
    );
    const histories = new Map<number, { itemIndex: number; rating: number }[]>();
    for (const { userId, movieId, halfStars } of rows) {
      const itemIndex = items.indexOf(movieId);
      if (itemIndex < 0) continue;
      const history = histories.get(userId) ?? [];
      history.push({ itemIndex, rating: halfStars / 2 });
      histories.set(userId, history);
    }
    const tastes = [...histories.values()].slice(0, queries).map((history) => foldIn(model, history, null));
    const { outVectors, dim } = model.item2vec;
    return {
      artifact,
      index: exactIndex(outVectors, dim, { quantised: false }),
      queries: tastes.map(({ item2vecRecent }) => item2vecRecent),
    };
  } finally {
    await database.close();
  }
}

/** Vectors whose norms differ as those of popular and rare movies do. */
function random(items: number, { dim, queries }: RetrievalBenchOptions): Question {
  const draw = seededRandom(1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  const vectors = new Float32Array(items * dim);
  for (let item = 0; item < items; item++) {
    const scale = Math.exp(normal() / 2);
    for (let d = 0; d < dim; d++) vectors[item * dim + d] = scale * normal();
  }
  const manifest: Manifest = {
    format: 1,
    version: 1,
    createdAt: new Date(0).toISOString(),
    recipe: 'quick',
    seed: 1,
    dataset: { name: 'random', identity: 'random', synthetic: true },
    counts: { users: 0, items, interactions: 0 },
    algorithms: {},
    serving: {},
    evaluation: { protocol: 'none', seed: 1, users: 0, models: {} },
    tensors: {},
  };
  const tensors = {
    [ITEM_VECTORS]: { shape: [items, dim], data: vectors },
    [ITEM_IDS]: { shape: [items], data: Int32Array.from({ length: items }, (_, row) => row + 1) },
  };
  return {
    artifact: { manifest, tensors },
    index: exactIndex(vectors, dim, { quantised: false }),
    queries: Array.from({ length: queries }, () => Float32Array.from({ length: dim }, normal)),
  };
}

/** Milliseconds of each query, after one round that does not count. */
async function timesOf(
  queries: readonly Float32Array[],
  ask: (query: Float32Array) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 2; round++)
    for (const query of queries) {
      const tookMs = await timed(() => ask(query));
      if (round === 1) times.push(tookMs);
    }
  return times.sort((a, b) => a - b);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function meanRecall(exact: readonly Int32Array[], found: readonly Int32Array[]): number {
  const shares = exact.map((right, place) => {
    const hits = new Set(found[place]);
    return right.filter((item) => hits.has(item)).length / Math.max(1, right.length);
  });
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
}

function line(name: string, recall: number | null, times: readonly number[]): void {
  const at = (share: number) => ms(times[Math.floor(share * times.length)] ?? Number.NaN).padStart(9);
  print(
    `${name.padEnd(34)}${(recall === null ? '' : recall.toFixed(3)).padStart(7)}  ${at(0.5)}  ${at(0.95)}`,
  );
}

function ms(value: number): string {
  return `${value.toFixed(value < 100 ? 2 : 0)} ms`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
