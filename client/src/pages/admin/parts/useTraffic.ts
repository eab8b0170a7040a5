import { useLingui } from '@lingui/react/macro';
import { useFigures } from '../../../components/text/figures.ts';
import type { AdminHealthQuery } from '../../../gql/graphql.ts';
import { useFormats } from '../../../texts/useFormats.ts';

type Traffic = Pick<
  NonNullable<AdminHealthQuery['admin']>['health'],
  'requestCount' | 'failedRequestCount' | 'shedRequestCount' | 'meanRequestMs' | 'listCount' | 'degradedShare'
>;

/** The requests and lists of the server that answers, in figures. */
export function useTraffic(traffic: Traffic): { label: string; value: string }[] {
  const { t } = useLingui();
  const { formatCount } = useFormats();
  const { formatNumber, formatShare } = useFigures();
  const { meanRequestMs, degradedShare } = traffic;
  return [
    { label: t`requests`, value: formatCount(traffic.requestCount) },
    { label: t`with errors`, value: formatCount(traffic.failedRequestCount) },
    { label: t`turned away, overloaded`, value: formatCount(traffic.shedRequestCount) },
    {
      label: t`milliseconds a request`,
      value: meanRequestMs === null ? '–' : formatNumber(meanRequestMs),
    },
    { label: t`lists made`, value: formatCount(traffic.listCount) },
    {
      label: t`of them less than they should be`,
      value: degradedShare === null ? '–' : formatShare(degradedShare),
    },
  ];
}
