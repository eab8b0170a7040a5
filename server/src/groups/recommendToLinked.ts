import type { GroupRecommendationConnection } from '@pocketrocket/schema';
import type { Database } from '@pocketrocket/schema/database';
import { recommendToGroup, type GroupArguments } from '../lists/recommendToGroup.ts';
import type { RecommendingDeps } from '../lists/recommendations.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { subjectsOfTokens } from './tasteLinks.ts';

/** A page for a group of which some members come by a link; null too where a link does not hold. @see recommendToGroup */
export async function recommendToLinked(
  deps: RecommendingDeps & { database: Database },
  scope: RequestScope,
  { tokens, ...asked }: GroupArguments & { tokens: readonly string[] },
): Promise<GroupRecommendationConnection | null> {
  const catalogue = deps.catalogue.current();
  const linked = await subjectsOfTokens({ ...deps, catalogue }, scope, tokens);
  return recommendToGroup(deps, scope, { ...asked, linked });
}
