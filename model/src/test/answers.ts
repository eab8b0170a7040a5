import { createHash } from 'node:crypto';
import { similarItems } from '@pocketrocket/engine';
import { inProcessRanker } from '../serving/candidateRanker.ts';
import type { LoadedModel } from '../serving/loadedModel.ts';
import { buildProfile, type Profile } from '../serving/profile.ts';
import { recommend } from '../serving/recommend.ts';
import { inProcessVectorStore } from '../serving/vectorStore.ts';
import type { MadeUpHistory } from './madeUpModel.ts';

const PORTS = { vectorStore: inProcessVectorStore, ranker: inProcessRanker };

/**
 * Everything that a model answers for some users, as digests in which every bit counts: lists with and without diversity for
 * users known and unknown at training, with their reasons, and the movies most like one. Profiles are asked twice, so that
 * cached features are among the answers.
 * @param order the places of the histories in the order of asking, which must not matter
 */
export async function answersOf(
  model: LoadedModel,
  histories: readonly MadeUpHistory[],
  order: readonly number[],
): Promise<string[]> {
  const answers: string[] = histories.map(() => '');
  const profiles = histories.map(({ rated, userId }, place) =>
    buildProfile(model, rated, place % 3 === 0 ? null : userId),
  );
  for (const place of order) {
    const profile = profiles[place];
    if (!profile) throw new Error(`no profile for history ${place}`);
    const lists = [0, 0.5, 0].map((diversity) => listOf(model, profile, diversity));
    const similar = similarItems(model.recommender, profile.items[0] ?? 0, 20);
    const answer = digestOf([profile.user, await Promise.all(lists), similar]);
    if (answers[place] !== '' && answers[place] !== answer) throw new Error(`history ${place}: two answers`);
    answers[place] = answer;
  }
  return answers;
}

async function listOf(model: LoadedModel, profile: Profile, diversity: number): Promise<unknown> {
  const eligible = new Uint8Array(model.recommender.numItems).fill(1);
  for (const item of profile.items) eligible[item] = 0;
  const list = await recommend(PORTS, model, { profile, eligible, diversity });
  return [list.ranker, list.length, list.entries(0, 40)];
}

/** JSON keeps every bit of a number; arrays of numbers become lists. */
function digestOf(value: unknown): string {
  const text = JSON.stringify(value, (_name, one: unknown) =>
    ArrayBuffer.isView(one) ? Array.from(one as Float32Array) : one,
  );
  return createHash('sha256').update(text).digest('hex');
}
