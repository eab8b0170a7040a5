import type { ApiDeps } from '../deps.ts';

/** The loaders of one request. */
export interface RequestScope {}

export function createRequestScope(deps: ApiDeps): RequestScope {
  void deps;
  return {};
}
