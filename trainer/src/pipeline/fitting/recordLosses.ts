import type { DataHandle } from './fitData.ts';
import type { Fitter } from './fitter.ts';

/** Mean loss after each epoch of one fit. */
export interface LossCurve {
  model: string;
  /** The rows it was fitted on, such as `split`. */
  data: string;
  /** With NDCG@10 of held-out items where a fit that stops early measured it. */
  points: { epoch: number; loss: number; ndcgAt10?: number }[];
}

/** A fitter that remembers the losses of what it fits. */
export interface RecordingFitter {
  fit: Fitter;
  /**
   * The curves so far, each once, by model and data.
   * @param nameOf what people call the rows of a fit, such as `split`
   */
  curves(nameOf: (interactions: DataHandle) => string): LossCurve[];
}

/** Wraps a fitter so that the loss of every epoch it reports can be shown afterwards. */
export function recordLosses(fit: Fitter): RecordingFitter {
  const recorded: { model: string; interactions: DataHandle; points: LossCurve['points'] }[] = [];
  return {
    fit: (job, data, onEpoch, ...rest) => {
      const points: LossCurve['points'] = [];
      recorded.push({ model: job.name, interactions: job.interactions, points });
      const record: typeof onEpoch = (progress) => {
        const { epoch, loss, ndcgAt10 } = progress;
        points.push({ epoch, loss, ...(ndcgAt10 !== undefined && { ndcgAt10 }) });
        onEpoch(progress);
      };
      return fit(job, data, record, ...rest);
    },
    curves: (nameOf) =>
      distinct(
        recorded.map(({ model, interactions, points }) => ({ model, data: nameOf(interactions), points })),
      ),
  };
}

/** Each curve once, by model and data: what serves may be fitted again on the same split, and fits side by side begin in any order. */
function distinct(curves: readonly LossCurve[]): LossCurve[] {
  const byContent = new Map(curves.map((curve) => [JSON.stringify(curve), curve]));
  const place = ({ model, data }: LossCurve) => `${model} ${data}`;
  return [...byContent.values()].sort((a, b) => (place(a) < place(b) ? -1 : Number(place(a) > place(b))));
}
