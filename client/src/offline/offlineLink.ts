import { ApolloLink, type ApolloClient } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import { catchError, from, mergeMap, of, tap, throwError, type Observable } from 'rxjs';

/** True on pages with TLS, and on this machine. */
const hasCaches = (): boolean =>
  typeof caches !== 'undefined' && typeof crypto !== 'undefined' && 'subtle' in crypto;

/** Keeps answers, and finds them again. */
export interface Answers {
  keepAnswer: (
    operation: ApolloLink.Operation,
    userId: number | null,
    result: ApolloLink.Result,
  ) => Promise<void>;
  keptAnswer: (operation: ApolloLink.Operation, userId: number | null) => Promise<ApolloLink.Result | null>;
}

interface OfflineLinkOptions {
  /** The visitor, whose answers are theirs alone; null for nobody in particular. */
  userId: () => number | null;
  load?: () => Promise<Answers>;
  /** True where answers can be kept. */
  canKeep?: () => boolean;
  isOnline?: () => boolean;
}

interface OfflineContext {
  /** True where the answer is not worth a page's place. */
  isPassing?: boolean;
  /** The answer that the page came with, which is not asked for. */
  adopted?: Record<string, unknown>;
}

/** Has the link keep the answers that the page shows without having asked for them, as it came with them. */
export async function keepAdopted(client: ApolloClient): Promise<void> {
  const questions = [...client.getObservableQueries('active')].flatMap(({ query, variables, options }) => {
    const adopted = client.readQuery<Record<string, unknown>>({ query, variables });
    return adopted ? [{ query, variables, context: { ...options.context, adopted } }] : [];
  });
  await Promise.all(questions.map((question) => client.query({ ...question, fetchPolicy: 'no-cache' })));
}

/**
 * Keeps what the page was told, and answers by it while the browser is offline: what was seen can be seen again. Queries only, whole
 * answers only, each visitor's apart. Questions with `isPassing` in their context are left alone.
 */
export const createOfflineLink = ({
  userId,
  load = () => import('./answers.ts'),
  canKeep = hasCaches,
  isOnline = () => navigator.onLine,
}: OfflineLinkOptions): ApolloLink =>
  new ApolloLink((operation, forward) => {
    const { isPassing, adopted } = operation.getContext() as OfflineContext;
    const answer: Observable<ApolloLink.Result> = adopted ? of({ data: adopted }) : forward(operation);
    if (operation.operationType !== OperationTypeNode.QUERY || isPassing || !canKeep()) return answer;
    const visitor = userId();
    return answer.pipe(
      tap((result) => {
        if (result.data && !result.errors && userId() === visitor)
          // Keeping is for later: that it fails must not fail the page.
          void load()
            .then(({ keepAnswer }) => keepAnswer(operation, visitor, result))
            .catch(() => undefined);
      }),
      catchError((error: unknown) => {
        if (isOnline()) return throwError(() => error);
        return from(
          load()
            .then(({ keptAnswer }) => keptAnswer(operation, visitor))
            .catch(() => null),
        ).pipe(mergeMap((kept) => (kept ? of(kept) : throwError(() => error))));
      }),
    );
  });
