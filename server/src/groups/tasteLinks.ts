import type { CreateTasteLinkPayload, OwnTasteLink, RatingInput, TasteLink } from '@pocketrocket/schema';
import { lockUser, TasteLinkEntity, type Database } from '@pocketrocket/schema/database';
import { AppError, randomId, randomToken } from '@pocketrocket/runtime';
import { In, IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import type { AccountLimits } from '../accounts/accountLimits.ts';
import { checkName } from '../accounts/credentials.ts';
import { digest } from '../accounts/digest.ts';
import { requireUser } from '../accounts/viewer.ts';
import { checkEntries, checkRating, refuse } from '../arguments/checks.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { writeInTransaction } from '../database/retry.ts';
import { checkTaste } from '../lists/givenTaste.ts';
import { tasteSubject, userSubject, type ListSubject } from '../lists/listSubject.ts';
import type { ProfileCache } from '../lists/profileCache.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { nowSeconds } from '../timing/clock.ts';
import type { Deadline } from '../timing/deadline.ts';

const DAY = 86_400;
/** An account's ratings can be taken out of a group at any time; what a visitor leaves behind goes soon by itself. */
const ACCOUNT_TTL_SECONDS = 7 * DAY;
const VISITOR_TTL_SECONDS = DAY;
/** Links of one account that hold at the same time. */
export const MAX_LINKS_OF_ACCOUNT = 10;
/** Links of all visitors without an account that hold at the same time. */
const MAX_LINKS_OF_VISITORS = 5_000;
/** Ratings that a visitor's link may carry. */
const MAX_LENT_RATINGS = 500;
/** Tokens that one request may look up. */
const MAX_TOKENS = 6;

/** Whoever makes or takes back a link. */
export interface LinkCaller {
  /** Null for a visitor without an account. */
  viewerId: number | null;
  address: string;
  deadline: Deadline;
}

interface LinkDeps {
  database: Database;
  limits: AccountLimits;
  catalogue: Catalogue;
}

/** The taste behind a link: nothing for an account, whose own ratings count. */
export interface LentTaste {
  ratings: readonly RatingInput[] | null | undefined;
  name: string | null | undefined;
}

/**
 * Makes a link to the viewer's ratings, or to those that a visitor without an account gives with it.
 * @throws AppError BAD_USER_INPUT; RATE_LIMITED where too many hold already or were made
 */
export async function createTasteLink(
  { database, limits, catalogue }: LinkDeps,
  scope: RequestScope,
  { viewerId, address, deadline }: LinkCaller,
  taste: LentTaste,
): Promise<CreateTasteLinkPayload> {
  if (viewerId !== null) {
    refuseTasteOfAccount(taste);
    await requireUser(scope, viewerId);
  }
  const lent = viewerId === null ? checkLentTaste(taste, catalogue) : { ratings: null, name: null };
  await limits.countTasteLink(address);
  const token = randomToken();
  const now = nowSeconds();
  const row = {
    tokenHash: digest(token),
    linkId: randomId(),
    userId: viewerId,
    ...lent,
    createdAtSeconds: now,
    expiresAtSeconds: now + (viewerId === null ? VISITOR_TTL_SECONDS : ACCOUNT_TTL_SECONDS),
  };
  await writeInTransaction(database, deadline, async (manager) => {
    if (viewerId !== null) await lockUser(manager, viewerId);
    await manager.delete(TasteLinkEntity, { expiresAtSeconds: LessThanOrEqual(now) });
    const standing = await manager.countBy(TasteLinkEntity, { userId: viewerId ?? IsNull() });
    refuseTooMany(standing, viewerId);
    await manager.insert(TasteLinkEntity, row);
  });
  return { token, link: toOwnLink(row) };
}

/**
 * Takes a link back, which holds no more from then on; one that is gone already stays so. An account's link is its owner's to take
 * back, a visitor's that of whoever knows its id, which is told to its maker alone.
 */
export async function revokeTasteLink(
  database: Database,
  { viewerId, deadline }: Pick<LinkCaller, 'viewerId' | 'deadline'>,
  linkId: string,
): Promise<boolean> {
  return writeInTransaction(database, deadline, async (manager) => {
    const link = await manager.findOneBy(TasteLinkEntity, { linkId });
    if (!link || (link.userId !== null && link.userId !== viewerId)) return false;
    await manager.delete(TasteLinkEntity, { linkId });
    return true;
  });
}

/** An account's links that hold, latest first. */
export async function listOwnLinks({ dataSource }: Database, userId: number): Promise<OwnTasteLink[]> {
  const links = await dataSource.getRepository(TasteLinkEntity).find({
    where: { userId, expiresAtSeconds: MoreThan(nowSeconds()) },
    order: { createdAtSeconds: 'DESC', linkId: 'ASC' },
  });
  return links.map(toOwnLink);
}

/** Tells what whoever has the tokens may know, in their order; null for one that does not hold. @throws AppError BAD_USER_INPUT */
export async function lookUpLinks(
  database: Database,
  scope: RequestScope,
  viewerId: number | null,
  tokens: readonly string[],
): Promise<(TasteLink | null)[]> {
  const links = await linksOf(database, tokens);
  return Promise.all(
    links.map(async (link) => {
      if (!link) return null;
      const { userId, name, expiresAtSeconds } = link;
      const user = userId === null ? null : await scope.users.load(userId);
      if (userId !== null && !user) return null;
      const isOwn = userId !== null && userId === viewerId;
      return { name: user?.name ?? name, expiresAt: new Date(expiresAtSeconds * 1000), isOwn };
    }),
  );
}

/** The tastes that tokens lead to, in their order; null for one that does not hold. @throws AppError BAD_USER_INPUT */
export async function subjectsOfTokens(
  deps: { database: Database; profiles: ProfileCache; catalogue: Catalogue },
  scope: RequestScope,
  tokens: readonly string[],
): Promise<(ListSubject | null)[]> {
  const links = await linksOf(deps.database, tokens);
  return Promise.all(
    links.map(async (link) => {
      if (!link) return null;
      if (link.userId === null) return lentSubject(link, deps.catalogue);
      const user = await scope.users.load(link.userId);
      return user && userSubject(deps, scope, user);
    }),
  );
}

/** Whoever has the token must not learn what was rated: not even that one of the movies is gone. */
function lentSubject({ tokenHash, ratings }: TasteLinkEntity, catalogue: Catalogue): ListSubject {
  const pairs = JSON.parse(ratings ?? '[]') as [movieId: number, halfStars: number][];
  const given = pairs.map(([movieId, halfStars]) => ({ movieId, rating: halfStars / 2 }));
  return { ...tasteSubject(given, catalogue), key: tokenHash, skippedMovieIds: [] };
}

async function linksOf(
  { dataSource }: Database,
  tokens: readonly string[],
): Promise<(TasteLinkEntity | null)[]> {
  checkEntries(tokens, 'tokens', MAX_TOKENS);
  if (new Set(tokens).size < tokens.length) refuse('a token is given twice: give each once');
  if (tokens.length === 0) return [];
  const hashes = tokens.map(digest);
  const links = await dataSource
    .getRepository(TasteLinkEntity)
    .findBy({ tokenHash: In(hashes), expiresAtSeconds: MoreThan(nowSeconds()) });
  const byHash = new Map(links.map((link) => [link.tokenHash, link]));
  return hashes.map((hash) => byHash.get(hash) ?? null);
}

function refuseTasteOfAccount({ ratings, name }: LentTaste): void {
  if (ratings) refuse('ratings are for visitors without an account: leave them out, your own ones count');
  if (typeof name === 'string') refuse('name is for visitors without an account: leave it out');
}

/** A visitor's taste as it is stored. */
function checkLentTaste({ ratings, name }: LentTaste, catalogue: Catalogue) {
  checkEntries(ratings, 'ratings', MAX_LENT_RATINGS);
  const { rated } = checkTaste(ratings ?? [], catalogue);
  if (rated.length === 0) refuse('give ratings of at least one movie that exists, or sign in first');
  const pairs = rated.map(({ movieId, rating }) => [movieId, checkRating(rating, movieId)]);
  return { ratings: JSON.stringify(pairs), name: typeof name === 'string' ? checkName(name) : null };
}

function refuseTooMany(standing: number, viewerId: number | null): void {
  if (viewerId !== null && standing >= MAX_LINKS_OF_ACCOUNT)
    refuse(`you have ${MAX_LINKS_OF_ACCOUNT} links; take one back first`);
  if (viewerId === null && standing >= MAX_LINKS_OF_VISITORS)
    throw new AppError('RATE_LIMITED', 'too many visitors have links; sign in, or try again in an hour');
}

function toOwnLink({
  linkId,
  createdAtSeconds,
  expiresAtSeconds,
}: Pick<TasteLinkEntity, 'linkId' | 'createdAtSeconds' | 'expiresAtSeconds'>): OwnTasteLink {
  return {
    linkId,
    createdAt: new Date(createdAtSeconds * 1000),
    expiresAt: new Date(expiresAtSeconds * 1000),
  };
}
