const whole = new Intl.NumberFormat('en');
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

export const formatCount = (value: number): string => whole.format(value);
export const formatShare = (value: number): string => percent.format(value);
export const formatDay = (isoTime: string): string => day.format(new Date(isoTime));
export const formatFigure = (value: number): string => value.toFixed(4);
export const formatChange = (value: number): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;

const METRICS: Readonly<Record<string, string>> = {
  hitRate: 'HR',
  ndcg: 'nDCG',
  map: 'MAP',
  precision: 'precision',
  recall: 'recall',
};

/** Display name of a metric: `ndcgAt10` is nDCG@10; a name of another form stays as it is. */
export function metricName(name: string): string {
  const [, metric = '', k] = /^(\w+)At(\d+)$/.exec(name) ?? [];
  return k === undefined ? name : `${METRICS[metric] ?? metric}@${k}`;
}

/** A setting's or measure's name as words: `learningRate` is learning rate. */
export function wordsOf(name: string): string {
  return name.replace(/([a-z\d])([A-Z])(?=[a-z])/g, (_, before: string, letter: string) => {
    return `${before} ${letter.toLowerCase()}`;
  });
}
