import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { EASE_SETTINGS } from '../models/ease/kernel.ts';
import { SOLVE_SETTINGS } from '../models/implicitALS/kernel.ts';
import { ITEM2VEC_SETTINGS } from '../models/item2vec/kernel.ts';
import { MATRIX_FACTORIZATION_SETTINGS } from '../models/matrixFactorization/kernel.ts';
import { NEURAL_CF_SETTINGS } from '../models/neuralCF/kernel.ts';
import { SCORE_NEURAL_CF_SETTINGS } from '../models/neuralCF/scorer.ts';
import { ENCODE_SEQUENCE_SETTINGS } from '../models/sequence/encoder.ts';
import { SEQUENCE_SETTINGS } from '../models/sequence/kernel.ts';
import { TOP_K_SETTINGS } from '../search/exactIndex.ts';
import { CANDIDATE_SETTINGS } from '../serving/candidateLayout.ts';
import { reserveMemory } from './kernelMemory.ts';
import { settingsLength, writeSettings } from './settingsBlock.ts';
import type { SettingFields } from './settingsBlock.ts';

/** The fields that a kernel reads, in its order. */
function fieldsReadBy(kernel: string): [string, 'word' | 'float'][] {
  const source = readFileSync(new URL(`../../kernels/${kernel}.ts`, import.meta.url), 'utf8');
  return Array.from(
    source.matchAll(/^ {2}(?:const )?(\w+)(?:: \w+)? = next(Word|Float)\(\)/gm),
    ([, name, kind]) => [name, kind === 'Float' ? 'float' : 'word'],
  );
}

describe('a settings block', () => {
  it.each<[string, SettingFields]>([
    ['candidates', CANDIDATE_SETTINGS],
    ['ease', EASE_SETTINGS],
    ['encodeSequence', ENCODE_SEQUENCE_SETTINGS],
    ['implicitALS', SOLVE_SETTINGS],
    ['item2vec', ITEM2VEC_SETTINGS],
    ['matrixFactorization', MATRIX_FACTORIZATION_SETTINGS],
    ['neuralCF', NEURAL_CF_SETTINGS],
    ['scoreNeuralCF', SCORE_NEURAL_CF_SETTINGS],
    ['sequence', SEQUENCE_SETTINGS],
    ['topK', TOP_K_SETTINGS],
  ])('has the fields that the kernel %s reads, in its order', (kernel, fields) => {
    const written = Object.entries(fields).map(([name, kind]) => [name, kind === 'f32' ? 'float' : 'word']);
    expect(fieldsReadBy(kernel)).toEqual(written);
  });

  it('is written by name, whatever the order of the values', () => {
    const fields = { size: 'u32', rate: 'f32', values: 'address' } as const;
    const { arrays } = reserveMemory('the test', {
      settings: settingsLength(fields),
      values: ['Float32Array', 3],
    });
    writeSettings(arrays.settings, fields, { values: arrays.values, rate: 0.5, size: 7 });
    expect(arrays.settings).toHaveLength(3);
    expect([arrays.settings[0], arrays.settings[2]]).toEqual([7, arrays.values.byteOffset]);
    expect(new Float32Array(arrays.settings.buffer, arrays.settings.byteOffset + 4, 1)[0]).toBe(0.5);
  });
});
