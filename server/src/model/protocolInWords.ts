const SHARES = /^user-(\d+)-(\d+)(-sampled)?$/;

/** Says in a sentence what an evaluation measures: the films that were held out, and what they were ranked among. */
export function protocolInWords(protocol: string): string {
  const isSampled = protocol.endsWith('-sampled');
  const among = isSampled
    ? 'among 99 others that the user has not rated'
    : 'among all films that the user has not rated';
  const [, shown, held] = SHARES.exec(protocol) ?? [];
  if (held !== undefined)
    return `How well the list ranks the ${held} % of each user's films that were held out at random, ${among}, given the other ${shown} %.`;
  switch (protocol.replace(/-sampled$/, '')) {
    case 'last-out':
      return `How well the list ranks the film that each user saw next, ${among}, given all films before it.`;
    case 'time':
      return `How well the list ranks the films that users saw in the last fifth of the time, ${among}, given all before it.`;
    default:
      return `Measured by the protocol ${protocol}.`;
  }
}
