import { expensiveCases } from './expensive.ts';
import type { HostileCase, HostileWorld } from './hostileCase.ts';
import { bodyCases, documentCases, oddCases } from './malformed.ts';

export type { HostileCase, HostileWorld } from './hostileCase.ts';

/** All requests of the hostile corpus, for tests and for attackers in benches. */
export function hostileCorpus(world: HostileWorld): HostileCase[] {
  return [...expensiveCases(world), ...documentCases(), ...oddCases(world), ...bodyCases()];
}
