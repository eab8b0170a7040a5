import type { HistoryEntry } from '../data/history.ts';
import type { Interactions } from '../data/interactions.ts';
import type { RecommenderModel, ServedSettings } from '../features/recommenderModel.ts';
import { RANKING_FEATURES, RETRIEVAL_FEATURES } from '../features/registry.ts';
import type { RetrievalFeature } from '../features/registry.ts';
import type { Random } from '../random/random.ts';
import { featureScores } from '../serving/featureScores.ts';
import { foldIn } from '../serving/foldIn.ts';
import type { FoldedUser } from '../serving/foldIn.ts';
import { dislikeRisks } from '../serving/dislikeRisks.ts';
import { blendedScores, neuralCFLogits, subtractRisks } from '../serving/rankCandidates.ts';
import { retrieveCandidates } from '../serving/retrieveCandidates.ts';
import type { RetrievedCandidates } from '../serving/retrieveCandidates.ts';
import { standardise } from '../serving/standardise.ts';
import type { BlendCase } from './blend.ts';
import { historyOf } from './evaluate.ts';
import type { EvaluationCase, Scorer } from './evaluate.ts';
import { sampleNegatives } from './negatives.ts';

/** Users cached at a time: evaluation asks scorers for a few users at a time, and several scorers for the same ones. */
const MAX_READY_USERS = 32;

/** A user folded in, and the features computed so far. */
interface ReadyUser {
  readonly user: FoldedUser;
  readonly scoresOf: (feature: RetrievalFeature) => Float32Array | null;
}

/** Scores users of given interactions by a model, each user's features computed once for several scorers. */
export class ModelScorers {
  private readonly ready = new Map<number, ReadyUser>();

  /**
   * @param train the histories, rows of the same users and items as the model's
   * @param foldsIn true if users are scored as if unknown at training
   */
  constructor(
    private readonly model: RecommenderModel,
    private readonly train: Interactions,
    private readonly foldsIn = false,
  ) {}

  /** Scores every candidate by how popular it is. */
  readonly popularity: Scorer = (_, candidates, scores) => {
    candidates.forEach((item, candidate) => (scores[candidate] = this.model.popularity[item]));
  };

  /** Scores every candidate by one feature alone; as in serving, here and below, a user without a history gets popularity. */
  feature(feature: RetrievalFeature): Scorer {
    return this.withFallback((userIndex, candidates, scores) => {
      const values = this.readyUser(userIndex).scoresOf(feature);
      if (!values) throw new RangeError(`the model cannot compute ${feature}`);
      candidates.forEach((item, candidate) => (scores[candidate] = values[item]));
    });
  }

  /** Scores every candidate by NeuralCF's logit. */
  readonly neuralCF: Scorer = (userIndex, candidates, scores) =>
    this.withFallback((user, items, out) => {
      const logits = neuralCFLogits(this.model, this.readyUser(user).user, items);
      if (!logits) throw new RangeError('the model to evaluate has no NeuralCF for this user');
      out.set(logits);
    })(userIndex, candidates, scores);

  /** Scores candidates as they are served: retrieved, then blended; −Infinity for what is not retrieved. */
  pipeline(settings: ServedSettings = this.model.settings): Scorer {
    return this.withFallback((userIndex, candidates, scores) => {
      const { retrieved, logits } = this.retrieve(userIndex, candidates, settings);
      const blended = blendedScores({ settings }, retrieved, logits);
      const risks = dislikeRisks(this.model, this.readyUser(userIndex).user, retrieved.items);
      subtractRisks(blended, risks, settings);
      const scoreByItem = new Float32Array(this.model.numItems).fill(-Infinity);
      retrieved.items.forEach((item, place) => (scoreByItem[item] = blended[place]));
      candidates.forEach((item, candidate) => (scores[candidate] = scoreByItem[item]));
    });
  }

  /**
   * The cases that ranking weights are chosen by: of each user with a history the retrieved candidates, with all
   * {@link RANKING_FEATURES}.
   */
  rankingCases(cases: readonly EvaluationCase[]): BlendCase[] {
    const settings = { ...this.model.settings, rankingWeights: EVERY_FEATURE };
    return this.withHistory(cases).map(({ userIndex, relevant, liked, negatives }) => {
      const eligible = negatives ? [...relevant, ...negatives] : unseenBy(this.train, userIndex);
      const { retrieved, logits } = this.retrieve(userIndex, eligible, settings);
      const values = (feature: (typeof RANKING_FEATURES)[number]): Float32Array | null | undefined =>
        feature === 'neuralCF' ? logits : retrieved.features.get(feature);
      const risks = dislikeRisks(this.model, this.readyUser(userIndex).user, retrieved.items);
      const disliked = relevant.filter((_, place) => liked?.[place] === 0);
      return {
        ...blendCase(retrieved.items, relevant, RANKING_FEATURES.map(values)),
        risks,
        disliked: Uint8Array.from(retrieved.items, (item) => Number(disliked.includes(item))),
        numDisliked: disliked.length,
      };
    });
  }

  /**
   * The cases that retrieval weights are chosen by: the relevant items among `numSampled` unseen ones (all, where there are
   * fewer), with all {@link RETRIEVAL_FEATURES}.
   */
  retrievalCases(cases: readonly EvaluationCase[], numSampled: number, random: Random): BlendCase[] {
    return this.withHistory(cases).map(({ userIndex, relevant }) => {
      const { scoresOf } = this.readyUser(userIndex);
      const others = sampleNegatives(
        this.model.numItems,
        [...historyOf(this.train, userIndex), ...relevant],
        numSampled,
        random,
      );
      const items = new Int32Array(relevant.length + others.length);
      items.set(relevant);
      items.set(others, relevant.length);
      return blendCase(
        items,
        relevant,
        RETRIEVAL_FEATURES.map((feature) => {
          const values = scoresOf(feature);
          return values && Float32Array.from(items, (item) => values[item]);
        }),
      );
    });
  }

  private withHistory(cases: readonly EvaluationCase[]): EvaluationCase[] {
    return cases.filter(({ userIndex }) => historyOf(this.train, userIndex).length > 0);
  }

  private withFallback(scorer: Scorer): Scorer {
    return (userIndex, candidates, scores) => {
      const isKnown = historyOf(this.train, userIndex).length > 0;
      (isKnown ? scorer : this.popularity)(userIndex, candidates, scores);
    };
  }

  private retrieve(
    userIndex: number,
    eligibleItems: Iterable<number>,
    settings: ServedSettings,
  ): { retrieved: RetrievedCandidates; logits: Float32Array | null } {
    const eligible = new Uint8Array(this.model.numItems);
    for (const item of eligibleItems) eligible[item] = 1;
    const { user, scoresOf } = this.readyUser(userIndex);
    const retrieved = retrieveCandidates({ ...this.model, settings }, user, eligible, scoresOf);
    const weighsNeuralCF = (settings.rankingWeights.neuralCF ?? 0) > 0;
    // Without NeuralCF's part the rest is blended all the same: an ablation takes out one model, not the ranking.
    const logits = weighsNeuralCF
      ? neuralCFLogits(this.model, user, retrieved.items)
      : new Float32Array(retrieved.items.length);
    return { retrieved, logits };
  }

  private readyUser(userIndex: number): ReadyUser {
    const known = this.ready.get(userIndex);
    if (known) return known;
    if (this.ready.size >= MAX_READY_USERS) this.ready.clear();
    const history = historyEntriesOf(this.train, userIndex);
    const user = foldIn(this.model, history, this.foldsIn ? null : userIndex);
    const computed = new Map<RetrievalFeature, Float32Array | null>();
    const scoresOf = (feature: RetrievalFeature): Float32Array | null => {
      let scores = computed.get(feature);
      if (scores === undefined) computed.set(feature, (scores = featureScores(this.model, user, feature)));
      return scores;
    };
    const readyUser = { user, scoresOf };
    this.ready.set(userIndex, readyUser);
    return readyUser;
  }
}

/** Weighs every feature, so that retrieval computes them all. */
const EVERY_FEATURE = Object.fromEntries(RANKING_FEATURES.map((feature) => [feature, 1]));

function blendCase(
  items: Int32Array,
  relevantItems: Int32Array,
  features: readonly (Float32Array | null | undefined)[],
): BlendCase {
  const isRelevant = new Set(relevantItems);
  const relevant = Uint8Array.from(items, (item) => Number(isRelevant.has(item)));
  return {
    z: features.map((values) =>
      values ? Float32Array.from(standardise(values)) : new Float32Array(items.length),
    ),
    relevant,
    numMissed: isRelevant.size - relevant.reduce((sum, label) => sum + label, 0),
  };
}

function* unseenBy(train: Interactions, userIndex: number): Generator<number> {
  const seen = new Set(historyOf(train, userIndex));
  for (let itemIndex = 0; itemIndex < train.numItems; itemIndex++) {
    if (!seen.has(itemIndex)) yield itemIndex;
  }
}

/** A user's history as serving takes it. */
export function historyEntriesOf(interactions: Interactions, userIndex: number): HistoryEntry[] {
  const start = interactions.userOffsets[userIndex];
  return Array.from(historyOf(interactions, userIndex), (itemIndex, place) => ({
    itemIndex,
    rating: interactions.ratings[start + place],
    timestamp: interactions.timestamps[start + place],
  }));
}
