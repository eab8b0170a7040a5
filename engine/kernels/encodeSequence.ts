/**
 * Encoding of a history by the sequence model (engine/src/models/sequence/forward.ts says what it computes): the layers of
 * `sequence.ts` forward, without dropout. Of the last block only the latest token's output is wanted.
 */
import { multiply } from './lib/multiply.ts';
import { nextWord, openSettings } from './lib/settings.ts';
import { addRows, attend, fillRows, normaliseRows, rectify } from './lib/transformer.ts';

// The settings, which hold as long as the model does.
let d: i32 = 0;
let blocks: i32 = 0;
let heads: i32 = 0;
let h: i32 = 0;
/** 0 where distances are not read. */
let distanceColumns: i32 = 0;
// The parameters of these names (engine/src/models/sequence/parameters.ts).
let distances: usize = 0;
let attentionNorms: usize = 0;
let attentionInputs: usize = 0;
let attentionOutputs: usize = 0;
let hiddenNorms: usize = 0;
let hiddenWeights: usize = 0;
let hiddenBiases: usize = 0;
let outputWeights: usize = 0;
let outputBiases: usize = 0;
let lastNorm: usize = 0;
/** [n × d] in: the sum of the inputs' embeddings, with zeros behind the last token; changed. */
let x: usize = 0;
/** [n × d] out; only the latest token's row. */
let outputs: usize = 0;
// For this kernel's use, of n tokens.
let standard: usize = 0;
let inverse: usize = 0;
let normed: usize = 0;
let projected: usize = 0;
let looks: usize = 0;
let turned: usize = 0;
let attended: usize = 0;
let hidden: usize = 0;

/** Reads the settings block; once, before all else. */
export function configure(settings: usize): void {
  openSettings(settings);
  d = nextWord();
  blocks = nextWord();
  heads = nextWord();
  h = nextWord();
  distanceColumns = nextWord();
  distances = nextWord();
  attentionNorms = nextWord();
  attentionInputs = nextWord();
  attentionOutputs = nextWord();
  hiddenNorms = nextWord();
  hiddenWeights = nextWord();
  hiddenBiases = nextWord();
  outputWeights = nextWord();
  outputBiases = nextWord();
  lastNorm = nextWord();
  x = nextWord();
  outputs = nextWord();
  standard = nextWord();
  inverse = nextWord();
  normed = nextWord();
  projected = nextWord();
  looks = nextWord();
  turned = nextWord();
  attended = nextWord();
  hidden = nextWord();
}

/** Encodes the history that stands in the settings' array, of n tokens padded to a multiple of 4. */
export function encode(n: i32): void {
  const row = (<usize>d) << 2;
  for (let block = 0; block < blocks - 1; block++) forwardBlock(block, n, 0);
  // Rows of padding stand behind the latest token, in the same four.
  forwardBlock(blocks - 1, n, n - 4);
  const last = <usize>(n - 4) * row;
  normaliseRows(4, row, x + last, lastNorm, standard, inverse, outputs + last);
}

/** One block, of which the outputs from the token `from` on are wanted. Exported so that V8 swaps in its fast code. */
export function forwardBlock(block: i32, n: i32, from: i32): void {
  const b = <usize>block;
  const row = (<usize>d) << 2;
  const hiddenRow = (<usize>h) << 2;
  const square = <usize>d * row;
  const wide = <usize>d * hiddenRow;
  const wanted = n - from;
  const first = <usize>from;
  normaliseRows(n, row, x, attentionNorms + 2 * b * row, standard, inverse, normed);
  const inputs = attentionInputs + 3 * b * square;
  const queries = projected + 3 * first * row;
  multiply(wanted, d, d, normed + first * row, row, 4, inputs, 3 * row, queries, 3 * row, false);
  multiply(n, 2 * d, d, normed, row, 4, inputs + row, 3 * row, projected + row, 3 * row, false);
  const biases = distances + ((b * <usize>(heads * distanceColumns)) << 2);
  attend(n, from, d, heads, projected, biases, distanceColumns, looks, turned, attended);
  const sums = x + first * row;
  const added = normed + first * row;
  const outputsOfAttention = attentionOutputs + b * square;
  multiply(wanted, d, d, attended + first * row, row, 4, outputsOfAttention, row, added, row, false);
  addRows(<usize>wanted * row, added, sums);
  normaliseRows(wanted, row, sums, hiddenNorms + 2 * b * row, standard, inverse, added);
  fillRows(wanted, hiddenRow, hiddenBiases + b * hiddenRow, hidden);
  multiply(wanted, h, d, added, row, 4, hiddenWeights + b * wide, hiddenRow, hidden, hiddenRow, true);
  rectify(hidden, <usize>wanted * hiddenRow);
  fillRows(wanted, row, outputBiases + b * row, added);
  multiply(wanted, d, h, hidden, hiddenRow, 4, outputWeights + b * wide, row, added, row, true);
  addRows(<usize>wanted * row, added, sums);
}
