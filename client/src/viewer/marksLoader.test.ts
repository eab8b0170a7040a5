import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as wait } from 'node:timers/promises';
import { ApolloLink } from '@apollo/client';
import { of, throwError } from 'rxjs';
import { clientOver } from '../api/apollo.ts';
import { reachability } from '../api/reachability.ts';
import { createMarks } from '../session/marks.ts';
import { pendingRatings } from '../session/pendingRatings.ts';
import { startMarksLoader } from './marksLoader.ts';

/** Longer than the loader gathers. */
const A_MOMENT_MS = 80;

const MOVIE = {
  __typename: 'Movie',
  movieId: 1,
  viewerRating: 4,
  viewerPrediction: null,
  isDismissed: false,
  isOnWatchlist: true,
};

describe('the marks of films on the page', () => {
  // Those who wait for the server listen to the browser.
  beforeAll(() => void Object.assign(globalThis, { window: new EventTarget() }));
  afterAll(() => void Reflect.deleteProperty(globalThis, 'window'));
  const stops: (() => void)[] = [];
  afterEach(() => stops.splice(0).forEach((stop) => stop()));

  /** A page with one film, whose API gives `answer`. */
  function page(answer: () => ReturnType<ApolloLink.RequestHandler>) {
    const asked: string[] = [];
    const state = { answer };
    const client = clientOver(
      new ApolloLink(({ operationName = '' }) => {
        asked.push(operationName);
        return state.answer();
      }),
    );
    const marks = createMarks();
    marks.want(1);
    const loader = startMarksLoader(client, marks, 7);
    stops.push(loader.stop);
    const times = (name: string) => asked.filter((each) => each === name).length;
    return { state, marks, times, reload: loader.reload };
  }
  const works = () => of({ data: { viewer: null, moviesByIds: [MOVIE] } });

  it.each([
    ['nobody answers', () => throwError(() => new TypeError('no net'))],
    ['the API refuses', () => of({ data: null, errors: [{ message: 'too much' }] })],
  ])('are asked for again after %s', async (_, fails) => {
    const { state, marks, times } = page(fails);
    await wait(A_MOMENT_MS);
    expect(times('CardMarks')).toBe(1);
    state.answer = works;
    reachability.answered();
    await wait(A_MOMENT_MS);
    expect(times('CardMarks')).toBe(2);
    expect(marks.get(1)).toMatchObject({ rating: 4, isOnWatchlist: true });
    // With the next card that appears.
    marks.want(2);
    await wait(A_MOMENT_MS);
    expect(times('Dismissed')).toBe(2);
  });

  it('are the rating that waits to be sent where nobody answers', async () => {
    pendingRatings.add(7, { movieId: 1, title: 'Film', rating: 2, ratedAt: '2026-01-01T00:00:00Z' });
    const { state, marks } = page(() => throwError(() => new TypeError('no net')));
    await wait(A_MOMENT_MS);
    expect(marks.get(1)).toMatchObject({ rating: 2, isDismissed: false });
    expect(marks.get(2)).toBeUndefined();
    state.answer = works;
    reachability.answered();
    await wait(A_MOMENT_MS);
    expect(marks.get(1)).toMatchObject({ rating: 2, isOnWatchlist: true });
    pendingRatings.set({ userId: 0, ratings: [] });
  });

  it('are asked for again at leisure where several questions fail at once', async () => {
    const { marks, times } = page(() => of({ data: null, errors: [{ message: 'no database' }] }));
    for (let movieId = 2; movieId <= 150; movieId++) marks.want(movieId);
    await wait(A_MOMENT_MS);
    const before = times('CardMarks');
    await wait(A_MOMENT_MS);
    expect([before, times('CardMarks')]).toEqual([2, 2]);
  });

  it('stay as they were known where the answer lacks them', async () => {
    const { state, marks, reload } = page(works);
    await wait(A_MOMENT_MS);
    const failed = { ...MOVIE, viewerRating: null, isOnWatchlist: null };
    const errors = ['viewerRating', 'isOnWatchlist'].map((field) => ({
      message: 'no',
      path: ['moviesByIds', 0, field],
    }));
    state.answer = () => of({ data: { viewer: null, moviesByIds: [failed] }, errors });
    reload();
    await wait(A_MOMENT_MS);
    expect(marks.get(1)).toMatchObject({ rating: 4, isOnWatchlist: true });
  });

  it('count as far as they arrived', async () => {
    const { marks } = page(() =>
      of({ data: { viewer: null, moviesByIds: [MOVIE] }, errors: [{ message: 'no prediction' }] }),
    );
    await wait(A_MOMENT_MS);
    expect(marks.get(1)).toMatchObject({ rating: 4 });
  });
});
