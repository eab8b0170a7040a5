import { expensiveCases } from './expensive.ts';
import type { HostileCase, HostileWorld } from './hostileCase.ts';
import { bodyCases, documentCases, oddCases } from './malformed.ts';
import { accountCases, argumentCases, jsonCases, largeDocumentCases } from './requests.ts';

export type { HostileCase, HostileWorld } from './hostileCase.ts';
export { connectionCases, exchange, httpCases, type ConnectionCase, type HttpCase } from './transport.ts';

/** All requests of the hostile corpus, for tests and for attackers in benches. */
export function hostileCorpus(world: HostileWorld): HostileCase[] {
  return [
    ...expensiveCases(world),
    ...documentCases(),
    ...largeDocumentCases(),
    ...argumentCases(world),
    ...oddCases(world),
    ...accountCases(),
    ...bodyCases(),
    ...jsonCases(),
  ];
}
