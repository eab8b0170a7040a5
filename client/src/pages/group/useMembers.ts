import { useQuery } from '@apollo/client/react';
import { graphql } from '../../gql/index.ts';
import type { RecommendForInput } from '../../gql/graphql.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { useSession } from '../../session/session.ts';
import { ratingsOf, useTaste } from '../../taste/taste.ts';
import { useGroup } from './useGroup.ts';
import { useOwnLink } from './ownLink.ts';

const TasteLinksQuery = graphql(/* GraphQL */ `
  query TasteLinks($tokens: [String!]!) {
    tasteLinks(tokens: $tokens) {
      name
      expiresAt
      isOwn
    }
  }
`);

/** Somebody in a group, as the page shows them. */
export type Member =
  | { kind: 'self'; name: string | null; userId: number | null }
  | { kind: 'user'; userId: number }
  | { kind: 'link'; token: string; name: string | null };

export interface GroupMembers {
  /** Those whose tastes count, in the order in which the API scores them: oneself, people by number, then links. */
  members: readonly Member[];
  /** The members whom the API is told by `members`. */
  asked: readonly RecommendForInput[];
  /** The tokens that hold and are not the visitor's own. */
  tokens: readonly string[];
  /** Tokens that hold no more. */
  lapsed: readonly string[];
  /** True where the address leads to the visitor's own taste: the link is to be handed on. */
  hasOwnLink: boolean;
  /** True until it is known whose tastes the tokens lead to. */
  loading: boolean;
  error: Error | undefined;
  refetch: () => Promise<unknown>;
  /** True where the visitor has a taste: an account, or picks. */
  hasTaste: boolean;
  remove: (member: Member | { kind: 'link'; token: string }) => void;
  add: (tokens: readonly string[]) => void;
}

/** The group of the page: whoever opens it, and who is in its address. */
export function useMembers(): GroupMembers {
  const { session } = useSession();
  const taste = useTaste();
  const { userIds, tokens, change } = useGroup();
  const own = useOwnLink();
  const [query, options] = pageQuery(TasteLinksQuery, { tokens: [...tokens] });
  // Links are taken back while the page is open elsewhere.
  const { data, error, loading, refetch } = useQuery(query, {
    ...options,
    skip: tokens.length === 0,
    fetchPolicy: 'cache-and-network',
  });
  const links = tokens.map((token, at) => ({ token, link: data?.tasteLinks?.[at] ?? null }));
  const isOwn = ({ token, link }: (typeof links)[number]) =>
    link?.isOwn === true || (own?.token === token && own.userId === (session?.userId ?? null));
  const others = links.filter((one) => !isOwn(one));
  const known = data?.tasteLinks ? others : [];
  const ratings = ratingsOf(taste);
  const people = userIds.filter((userId) => userId !== session?.userId);
  const hasTaste = session !== null || ratings.length > 0;
  const standing = known.filter(({ link }) => link !== null);
  return {
    members: [
      ...(hasTaste
        ? [{ kind: 'self', name: session?.name ?? null, userId: session?.userId ?? null } as const]
        : []),
      ...people.map((userId) => ({ kind: 'user', userId }) as const),
      ...standing.map(({ token, link }) => ({ kind: 'link', token, name: link?.name ?? null }) as const),
    ],
    asked: [
      ...(session ? [{ userId: session.userId }] : hasTaste ? [{ ratings }] : []),
      ...people.map((userId) => ({ userId })),
    ],
    tokens: standing.map(({ token }) => token),
    lapsed: known.filter(({ link }) => link === null).map(({ token }) => token),
    hasOwnLink: links.some(isOwn),
    loading: tokens.length > 0 && loading && !data,
    error: data ? undefined : error,
    refetch,
    hasTaste,
    remove: (member) =>
      change((group) => ({
        userIds: group.userIds.filter((userId) => member.kind !== 'user' || userId !== member.userId),
        tokens: group.tokens.filter((token) => member.kind !== 'link' || token !== member.token),
      })),
    add: (more) => change((group) => ({ ...group, tokens: [...new Set([...group.tokens, ...more])] })),
  };
}
