import { useLingui } from '@lingui/react/macro';

/** A metric's name as people read it, and what its figure says. */
export interface MetricWords {
  label: string;
  meaning: string;
}

/** Words for the metrics of a model; one that is not known keeps the API's name. */
export function useMetricWords(): (name: string) => MetricWords {
  const { t } = useLingui();
  return (name) => {
    const [, metric = name, k = ''] = /^(\w+?)At(\d+)$/.exec(name) ?? [];
    switch (metric) {
      case 'hitRate':
        return {
          label: t`Hit rate in the first ${k}`,
          meaning: t`Share of people whose film is among the first ${k}.`,
        };
      case 'ndcg':
        return {
          label: t`nDCG in the first ${k}`,
          meaning: t`As the hit rate, but a higher place counts for more: 1 if the film is always first.`,
        };
      case 'map':
        return {
          label: t`Mean average precision in the first ${k}`,
          meaning: t`How far up the wanted films stand, on average.`,
        };
      case 'mrr':
        return {
          label: t`Mean reciprocal rank in the first ${k}`,
          meaning: t`1 if the film is always first, one half if it is always second.`,
        };
      case 'precision':
        return {
          label: t`Precision in the first ${k}`,
          meaning: t`Share of the first ${k} that were wanted; with one wanted film it is never above 1 in ${k}.`,
        };
      case 'recall':
        return {
          label: t`Recall in the first ${k}`,
          meaning: t`Share of the wanted films that are among the first ${k}.`,
        };
      case 'calibrationError':
        return {
          label: t`Calibration error`,
          meaning: t`How far the promised match is from what came true, on average; 0 is best.`,
        };
      default:
        return { label: name, meaning: '' };
    }
  };
}
