import { likesNothing, ownScaleOf, scoreOnScale, type OwnScale, type Profile } from '@pocketrocket/model';
import DataLoader from 'dataloader';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { eligibleItems } from '../catalogue/eligibleItems.ts';
import { resolveFilter } from '../catalogue/movieFilter.ts';
import type { Loader, RequestScope, StoredUser } from '../loaders/requestScope.ts';
import { modelOfCatalogue } from '../model/modelOfCatalogue.ts';
import { timed } from '../timing/stepTimes.ts';
import { rowsLeftOut } from './recommendList.ts';
import { historyOf } from './listSubject.ts';
import type { Asker, RecommendingDeps } from './recommendations.ts';

/** The scale of each profile, as long as that is kept, and the catalogue whose movies it was made of. */
const scales = new WeakMap<Profile, { catalogue: Catalogue; scale: OwnScale['scale'] }>();

/** By the user as one request has read it: read anew after a write, its predictions are made anew. */
const loaders = new WeakMap<StoredUser, Loader<number | null>>();

/**
 * The probability for each movie that the user goes on to watch it, on the scale of the user's own list; see `calibrationError`. Movies that
 * one request asks for at the same time are scored in one pass. Null without ratings or a model, where all ratings are dislikes, and for a
 * movie that the model does not know.
 */
export function predictionsFor(
  deps: RecommendingDeps,
  scope: RequestScope,
  user: StoredUser,
  asker: Pick<Asker, 'deadline' | 'turns'>,
): Loader<number | null> {
  const known = loaders.get(user);
  if (known) return known;
  const made = new DataLoader((movieIds: readonly number[]) => predict(deps, scope, user, asker, movieIds));
  loaders.set(user, made);
  return made;
}

async function predict(
  deps: RecommendingDeps,
  scope: RequestScope,
  { userId, ratingsState }: StoredUser,
  { deadline, turns }: Pick<Asker, 'deadline' | 'turns'>,
  movieIds: readonly number[],
): Promise<(number | null)[]> {
  const nothing = movieIds.map(() => null);
  const catalogue = deps.catalogue.current();
  const { model } = modelOfCatalogue(catalogue, deps.models.state());
  if (!model) return nothing;
  const { profile, dismissed } = await timed('profile', () =>
    deps.profiles.of(model, userId, ratingsState, () => historyOf(scope, userId)),
  );
  if (!profile || likesNothing(profile)) return nothing;
  await turns.yieldIfLong();
  deadline.check();
  let scale = scales.get(profile);
  if (scale?.catalogue !== catalogue) {
    const leftOut = rowsLeftOut(model, profile, dismissed);
    const eligible = eligibleItems(model, catalogue, resolveFilter(null, catalogue), leftOut);
    const found = await timed('retrieve', () => ownScaleOf(deps.ranker, model, profile, eligible));
    scale = { catalogue, scale: found.scale };
    if (found.degradedReason === null) scales.set(profile, scale);
  }
  const rows = movieIds.map((movieId) => model.items.indexOf(movieId));
  const known = Int32Array.from(new Set(rows.filter((row) => row >= 0)));
  const own = { profile, scale: scale.scale };
  const { probabilities } = await timed('rank', () => scoreOnScale(deps.ranker, model, own, known));
  const scoreOf = new Map(Array.from(known, (row, place) => [row, probabilities[place] ?? null]));
  return rows.map((row) => scoreOf.get(row) ?? null);
}
