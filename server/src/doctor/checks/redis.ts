import { RedisLink, RedisModelStore } from '@pocketrocket/model/redis';
import { createLogger, messageOf, type Config } from '@pocketrocket/runtime';
import { about, type Finding } from '../finding.ts';

const { ok, warn, fail } = about('redis');

/** Checks that Redis answers, has the needed features, and has the model. */
export async function lookAtRedis({ redisUrl, retrieval, modelName }: Config): Promise<Finding[]> {
  if (redisUrl === null) return [ok('not used: REDIS_URL is not set')];
  const logger = createLogger({ level: 'silent', name: 'doctor', stream: process.stderr });
  const link = new RedisLink({ url: redisUrl, name: 'doctor', logger });
  try {
    if (!(await link.connected()))
      return [
        fail(
          `Redis at ${new URL(redisUrl).host} does not answer: ${link.problem() ?? 'no answer'}`,
          'check that it runs, and the name and password in REDIS_URL; servers serve what they have meanwhile',
        ),
      ];
    const store = new RedisModelStore(link, modelName);
    return [...(await lookAtServer(link, store, retrieval)), ...(await lookAtModel(store))];
  } catch (error) {
    return [
      fail(
        `Redis refuses: ${messageOf(error)}`,
        'the user in REDIS_URL must be allowed to use keys and channels named pocketrocket:*',
      ),
    ];
  } finally {
    link.close();
  }
}

async function lookAtServer(
  link: RedisLink,
  store: RedisModelStore,
  retrieval: Config['retrieval'],
): Promise<Finding[]> {
  const info = String(await link.command(['INFO', 'server']));
  const version = /^redis_version:(\S+)/m.exec(info)?.[1] ?? 'of unknown version';
  const findings: Finding[] = [];
  if (await store.hasVectorSets()) findings.push(ok(`Redis ${version}, with vector sets`));
  else if (retrieval === 'redis')
    findings.push(
      fail(
        `Redis ${version} has no vector sets, which RETRIEVAL=redis needs`,
        'use Redis 8 or later, or RETRIEVAL=process',
      ),
    );
  else
    findings.push(
      warn(`Redis ${version} has no vector sets: other clients find no vectors`, 'use Redis 8 or later'),
    );
  const policy = /^maxmemory_policy:(\S+)/m.exec(String(await link.command(['INFO', 'memory'])))?.[1];
  if (policy?.startsWith('allkeys'))
    findings.push(
      warn(
        `Redis may drop any key when it is full (${policy})`,
        'set maxmemory-policy to noeviction or a volatile one',
      ),
    );
  return findings;
}

async function lookAtModel(store: RedisModelStore): Promise<Finding[]> {
  const { text, pointer } = await store.readPointer();
  if (text === '')
    return [
      warn(
        'no model is published in Redis',
        'npm run trainer -- train; a server that has one publishes it by itself',
      ),
    ];
  if (pointer === null)
    return [
      fail('the pointer to the current model cannot be parsed', 'npm run trainer -- publish <version>'),
    ];
  const missing = await store.missingOf(pointer.release);
  if (missing === null) return [ok(`version ${pointer.version} is published, whole`)];
  return [
    warn(
      `version ${pointer.version} is published, but its ${missing === 'blob' ? 'numbers are' : 'vector set is'} not there`,
      `a server that has it publishes it again by itself; else npm run trainer -- publish ${pointer.version}`,
    ),
  ];
}
