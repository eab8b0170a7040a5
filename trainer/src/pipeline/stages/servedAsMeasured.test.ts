import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { groupByUser, historyEntriesOf, ModelScorers } from '@pocketrocket/engine';
import { buildProfile, inProcessRanker, inProcessVectorStore, recommend } from '@pocketrocket/model';
import { createProgress } from '@pocketrocket/runtime';
import { openDatabase } from '@pocketrocket/schema/database';
import { readRatings } from '../../data/database.ts';
import { loadPublishedModel } from '../../data/publishedModel.ts';
import { toInteractionRows } from '../../data/ratingTable.ts';
import { runTrainer } from '../../test/runTrainer.ts';
import { createTinyDatabase } from '../../test/tinyData.ts';

it('measures the very order in which movies are served', async () => {
  const home = mkdtempSync(join(tmpdir(), 'pocketrocket-measured-'));
  const url = `sqlite:${join(home, 'pocketrocket.sqlite')}`;
  await createTinyDatabase(url);
  await runTrainer(['train', '--quick', '--neural-cf-epochs', '3'], { POCKETROCKET_HOME: home });
  const database = await openDatabase({ url });
  const model = await loadPublishedModel(database, join(home, 'models'));
  const table = await readRatings(database, createProgress(process.stderr, 'none'));
  await database.close();
  const { users, items } = model;
  const interactions = groupByUser(toInteractionRows(table, model), users.size, items.size);
  const pipeline = new ModelScorers(model.recommender, interactions).pipeline();

  for (const userId of [1, 2, 3]) {
    const userIndex = users.indexOf(userId);
    const history = historyEntriesOf(interactions, userIndex);
    const rated = history.map(({ itemIndex, rating, timestamp }) => ({
      movieId: items.externalId(itemIndex),
      rating,
      ratedAtSeconds: timestamp ?? null,
    }));
    const profile = buildProfile(model, rated, userId);
    if (!profile) throw new Error('the model knows what the user has rated');
    const eligible = new Uint8Array(items.size).fill(1);
    for (const itemIndex of profile.items) eligible[itemIndex] = 0;
    const ports = { vectorStore: inProcessVectorStore, ranker: inProcessRanker };
    const list = await recommend(ports, model, { profile, eligible, diversity: 0 });
    const served = list.entries(0, list.length).map(({ movieId }) => items.indexOf(movieId));

    const unseen = Int32Array.from(eligible.keys()).filter((itemIndex) => eligible[itemIndex] === 1);
    const scores = new Float32Array(unseen.length);
    pipeline(userIndex, unseen, scores);
    const measured = [...unseen.keys()]
      .filter((place) => scores[place] !== -Infinity)
      .sort((a, b) => (scores[b] ?? NaN) - (scores[a] ?? NaN) || (unseen[a] ?? -1) - (unseen[b] ?? -1))
      .map((place) => unseen[place]);
    expect(served.length).toBeGreaterThan(10);
    expect(measured).toEqual(served);
  }
}, 60_000);
