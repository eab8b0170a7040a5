import type { Interactions } from '../interactions.ts';
import { scoreNeuralCF } from '../neuralCF.ts';
import { blendedScores } from '../serving/rankCandidates.ts';
import { retrieveCandidates } from '../serving/retrieveCandidates.ts';
import type { HistoryEntry, RecommenderModel } from '../serving/servedModel.ts';
import { standardise } from '../serving/standardise.ts';
import { historyWeights, userVector } from '../serving/userVector.ts';
import type { Candidates } from '../topK.ts';
import type { BlendCase } from './blend.ts';
import { historyOf } from './evaluate.ts';
import type { EvaluationCase, Scorer } from './evaluate.ts';

/** Scores every candidate by how popular it is. */
export function popularityScorer({ popularity }: Pick<RecommenderModel, 'popularity'>): Scorer {
  return (_, candidates, scores) => {
    candidates.forEach((itemIndex, candidate) => (scores[candidate] = popularity[itemIndex]));
  };
}

/**
 * Scores every candidate by its inner product with the user's vector.
 *
 * As in serving, here and below: a user without a history gets popularity.
 * @param train the histories, rows of the same users and items as the model's.
 */
export function item2vecScorer(model: RecommenderModel, train: Interactions): Scorer {
  const { outVectors, dim } = model.item2vec;
  return withFallback(model, train, (userIndex, candidates, scores) => {
    const query = queryOf(model, train, userIndex);
    candidates.forEach((itemIndex, candidate) => {
      let dot = 0;
      for (let d = 0; d < dim; d++) dot += query[d] * outVectors[itemIndex * dim + d];
      scores[candidate] = dot;
    });
  });
}

/** Scores every candidate by NeuralCF's logit. */
export function neuralCFScorer(model: RecommenderModel, train: Interactions): Scorer {
  const { neuralCF } = model;
  if (neuralCF === null) throw new RangeError('the model to evaluate has no NeuralCF');
  return withFallback(model, train, (userIndex, candidates, scores) => {
    scoreNeuralCF(neuralCF, userIndex, candidates, scores);
  });
}

/** Scores candidates as they are served: retrieved by item2vec, then blended; −Infinity for what is not retrieved. */
export function pipelineScorer(model: RecommenderModel, train: Interactions): Scorer {
  return withFallback(model, train, (userIndex, candidates, scores) => {
    const retrieved = retrieveFor(model, train, userIndex, candidates);
    const blended = blendedScores(model, userIndex, retrieved);
    const scoreByItem = new Float32Array(model.numItems).fill(-Infinity);
    retrieved.items.forEach((itemIndex, place) => (scoreByItem[itemIndex] = blended[place]));
    candidates.forEach((itemIndex, candidate) => (scores[candidate] = scoreByItem[itemIndex]));
  });
}

/** What {@link chooseBlend} chooses by: for each case of a user with a history, the retrieved candidates' scores by both models. */
export function blendCases(
  cases: readonly EvaluationCase[],
  model: RecommenderModel,
  train: Interactions,
): BlendCase[] {
  const { neuralCF } = model;
  if (neuralCF === null) throw new RangeError('there is no NeuralCF to blend');
  return cases
    .filter(({ userIndex }) => historyOf(train, userIndex).length > 0)
    .map(({ userIndex, relevant, negatives }) => {
      const eligible = negatives ? [...relevant, ...negatives] : unseenBy(train, userIndex);
      const { items, scores } = retrieveFor(model, train, userIndex, eligible);
      const logits = new Float32Array(items.length);
      scoreNeuralCF(neuralCF, userIndex, items, logits);
      const isRelevant = new Set(relevant);
      const relevance = Uint8Array.from(items, (itemIndex) => Number(isRelevant.has(itemIndex)));
      return {
        item2vecZ: Float32Array.from(standardise(scores)),
        neuralCFZ: Float32Array.from(standardise(logits)),
        relevant: relevance,
        numMissed: relevant.length - relevance.reduce((sum, label) => sum + label, 0),
      };
    });
}

function withFallback(model: RecommenderModel, train: Interactions, scorer: Scorer): Scorer {
  const fallback = popularityScorer(model);
  return (userIndex, candidates, scores) => {
    const isKnown = historyOf(train, userIndex).length > 0;
    (isKnown ? scorer : fallback)(userIndex, candidates, scores);
  };
}

function queryOf(
  { settings, item2vec }: RecommenderModel,
  train: Interactions,
  userIndex: number,
): Float32Array {
  const start = train.userOffsets[userIndex];
  const history = Array.from(historyOf(train, userIndex), (itemIndex, place): HistoryEntry => ({
    itemIndex,
    rating: train.ratings[start + place],
  }));
  return userVector(history, historyWeights(history, settings), item2vec);
}

function retrieveFor(
  model: RecommenderModel,
  train: Interactions,
  userIndex: number,
  eligibleItems: Iterable<number>,
): Candidates {
  const eligible = new Uint8Array(model.numItems);
  for (const itemIndex of eligibleItems) eligible[itemIndex] = 1;
  return retrieveCandidates(model, queryOf(model, train, userIndex), eligible);
}

function* unseenBy(train: Interactions, userIndex: number): Generator<number> {
  const seen = new Set(historyOf(train, userIndex));
  for (let itemIndex = 0; itemIndex < train.numItems; itemIndex++) {
    if (!seen.has(itemIndex)) yield itemIndex;
  }
}
