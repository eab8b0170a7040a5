import { useLingui } from '@lingui/react/macro';

const SHARES = /^user-(\d+)-(\d+)$/;

/** Says in a sentence what a model's metrics measure; the API's own words for a protocol that is not known. */
export function useProtocolWords(): (protocolName: string, told: string) => string {
  const { t } = useLingui();
  return (protocolName, told) => {
    const isSampled = protocolName.endsWith('-sampled');
    const name = protocolName.replace(/-sampled$/, '');
    const [, shown = '', held = ''] = SHARES.exec(name) ?? [];
    if (held !== '')
      return isSampled
        ? t`The question asked of the model: find the ${held} % of each person’s films that it was not shown, among 99 others that the person has not rated, given the other ${shown} %.`
        : t`The question asked of the model: find the ${held} % of each person’s films that it was not shown, among all films that the person has not rated, given the other ${shown} %.`;
    if (name === 'last-out')
      return isSampled
        ? t`The question asked of the model: find the film they saw next, among 99 others, given all films that they saw before.`
        : t`The question asked of the model: find the film they saw next, among all films that they had not seen, given all films that they saw before.`;
    if (name === 'time')
      return isSampled
        ? t`The question asked of the model: find the films of the last fifth of the time, among 99 others, given all ratings before.`
        : t`The question asked of the model: find the films of the last fifth of the time, among all that each person had not seen, given all ratings before.`;
    return told;
  };
}
