import { createHash } from 'node:crypto';
import type { RedisLink } from '@pocketrocket/model/redis';
import { isUnavailable } from '@pocketrocket/runtime';
import { z } from 'zod';
import { MAX_DEBT, REFUSAL_UNITS, type ChargeBucket } from './bucket.ts';

/** As `createMemoryBuckets`, in one step and by Redis' own clock, so that it is right across servers; a full bucket is forgotten. */
const SCRIPT = `
local units, burst, perSecond, refusal = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local done, debt = ARGV[5] == '1', tonumber(ARGV[6])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = math.min(burst, (tonumber(bucket[1]) or burst) + math.max(0, now - (tonumber(bucket[2]) or now)) * perSecond / 1000)
local allowed = done or tokens >= units
local least = done and -debt or math.min(0, tokens)
tokens = math.max(least, tokens - (allowed and units or math.min(units, refusal)))
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%d', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((burst - tokens) / perSecond * 1000) + 1000)
return {allowed and 1 or 0, tostring(tokens)}
`;
const DIGEST = createHash('sha1').update(SCRIPT).digest('hex');

const answerSchema = z.tuple([z.coerce.number(), z.coerce.number()]);

const DEADLINE_MS = 250;

/**
 * Token buckets that several servers share.
 * @param prefix of the keys
 * @param insurance charges while Redis does not answer
 * @param deadlineMs milliseconds that Redis may take: a request waits for it
 */
export function createRedisBuckets(
  link: RedisLink,
  prefix: string,
  insurance: ChargeBucket,
  deadlineMs = DEADLINE_MS,
): ChargeBucket {
  return async (charge) => {
    const { key, units, rules, isDone = false } = charge;
    const words = [
      '1',
      `${prefix}:${key}`,
      ...[units, rules.burst, rules.perSecond, REFUSAL_UNITS, isDone ? 1 : 0, MAX_DEBT * rules.burst].map(
        String,
      ),
    ];
    try {
      const answer = await link.command(['EVALSHA', DIGEST, ...words], deadlineMs).catch((error: unknown) => {
        if (!/NOSCRIPT/.test(String(error))) throw error;
        return link.command(['EVAL', SCRIPT, ...words], deadlineMs);
      });
      const [allowed, remaining] = answerSchema.parse(answer);
      return { isAllowed: allowed === 1, remaining };
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      return insurance(charge);
    }
  };
}
