import type { AdminModelVersionFragment } from '../../../gql/graphql.ts';

type Version = Pick<
  AdminModelVersionFragment,
  'version' | 'dataset' | 'protocolName' | 'isServing' | 'metrics'
>;

/** Versions of which the figures compare: those of one data set, asked one question. */
export interface ComparableVersions<V extends Version = Version> {
  /** The data set and the question, as the API names them. */
  key: string;
  /** Oldest first. */
  versions: V[];
  /** Metrics that any of them has. */
  metricNames: string[];
}

/** Groups measured versions by what makes them comparable; the group of the version that serves comes first. */
export function comparable<V extends Version>(models: readonly V[]): ComparableVersions<V>[] {
  const measured = models.filter(({ metrics }) => metrics.length > 0);
  const groups = new Map<string, V[]>();
  for (const version of measured) {
    const key = `${version.dataset}, ${version.protocolName}`;
    groups.set(key, [...(groups.get(key) ?? []), version]);
  }
  return Array.from(groups, ([key, versions]) => ({
    key,
    versions: versions.toSorted((one, other) => Number(one.version) - Number(other.version)),
    metricNames: [...new Set(versions.flatMap(({ metrics }) => metrics.map(({ name }) => name)))],
  })).toSorted((one, other) => rank(one.versions) - rank(other.versions));
}

const rank = (versions: readonly Version[]): number => (versions.some(({ isServing }) => isServing) ? 0 : 1);
