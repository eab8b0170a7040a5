import { expect, it } from '@jest/globals';
import { publicReason } from './publicReason.ts';

it.each([
  [
    'the model directory cannot be read: /srv/var/models/recmodel/current.json cannot be understood; choose what to serve with `npm run trainer -- publish <version>`',
    'the model directory cannot be read: current.json cannot be understood',
  ],
  [
    "model version 2 cannot be used: ENOENT: no such file or directory, open '/srv/var/models/recmodel/2/manifest.json'",
    "model version 2 cannot be used: ENOENT: no such file or directory, open 'manifest.json'",
  ],
  [
    'the database cannot be opened (C:\\data\\movies.sqlite): it is locked',
    'the database cannot be opened (movies.sqlite): it is locked',
  ],
  [
    'model version 2 cannot be used: item2vec.outVectors.float32 has 1000 bytes instead of 292864',
    'model version 2 cannot be used: item2vec.outVectors.float32 has 1000 bytes instead of 292864',
  ],
  [
    'TensorFlow Serving cannot be reached (other side closed); the engine ranks',
    'TensorFlow Serving cannot be reached (other side closed); the engine ranks',
  ],
  ['no model has been trained yet', 'no model has been trained yet'],
])('tells strangers of %j what concerns them', (reason, told) => {
  expect(publicReason(reason)).toBe(told);
});
