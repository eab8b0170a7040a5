import { useState } from 'react';

interface Rated {
  movie: { movieId: number };
}

/**
 * Keeps rows in the places where the visitor saw them first, until another question is asked: a rating that is changed would else run
 * away from under the pointer. What is new comes first where it stands before all that was known, else last.
 */
export function useKeptOrder(question: string): <Row extends Rated>(rows: readonly Row[]) => Row[] {
  const [kept] = useState(() => ({ question, ids: [] as number[] }));
  return (rows) => {
    const ids = rows.map(({ movie }) => movie.movieId);
    const before = kept.question === question ? kept.ids : [];
    Object.assign(kept, { question, ids: mergedOrder(before, ids) });
    const byId = new Map(rows.map((row) => [row.movie.movieId, row]));
    return kept.ids.flatMap((id) => byId.get(id) ?? []);
  };
}

/** The known ones that are still there in their order, with the new ones before or behind them. */
export function mergedOrder(known: readonly number[], ids: readonly number[]): number[] {
  const present = new Set(ids);
  const had = new Set(known);
  const start = ids.findIndex((id) => had.has(id));
  const leading = start < 0 ? [] : ids.slice(0, start);
  const rest = ids.slice(Math.max(start, 0)).filter((id) => !had.has(id));
  return [...leading, ...known.filter((id) => present.has(id)), ...rest];
}
