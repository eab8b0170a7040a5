import { describe, expect, it } from '@jest/globals';
import { memoryStorage } from '../test/memoryStorage.ts';
import { createMarks } from './marks.ts';
import { createPendingRatings } from './pendingRatings.ts';
import { pathAfterSignIn, signInPath } from './signInPath.ts';

describe('the marks of films', () => {
  it('go back where a change failed, unless they were changed again', () => {
    const marks = createMarks();
    marks.put([[1, { rating: 3, isDismissed: false, isOnWatchlist: true, prediction: 0.5 }]]);
    const undo = marks.change(1, { rating: 4 });
    expect(marks.get(1)).toEqual({ rating: 4, isDismissed: false, isOnWatchlist: true, prediction: 0.5 });
    undo();
    expect(marks.get(1)?.rating).toBe(3);
    const undoFirst = marks.change(1, { rating: 4 });
    marks.change(1, { rating: 5 });
    undoFirst();
    expect(marks.get(1)?.rating).toBe(5);
  });

  it('stay as they were changed where an answer did not know of it', async () => {
    const marks = createMarks();
    const unrated = { rating: null, isDismissed: false, isOnWatchlist: false, prediction: null };
    const asked = marks.now();
    let done = () => {};
    marks.change(1, { rating: 4 });
    const change = marks.during(1, new Promise<void>((resolve) => (done = resolve)));
    marks.put([[1, unrated]], marks.now());
    expect(marks.get(1)?.rating).toBe(4);
    done();
    await change;
    marks.put([[1, unrated]], asked);
    expect(marks.get(1)?.rating).toBe(4);
    marks.put([[1, unrated]]);
    expect(marks.get(1)?.rating).toBeNull();
  });

  it('are wanted as long as a card of the film is there', () => {
    const marks = createMarks();
    let told = 0;
    marks.onWant(() => told++);
    const [leave, leaveToo] = [marks.want(1), marks.want(1)];
    marks.want(2);
    leave();
    expect(marks.wanted()).toEqual([1, 2]);
    leaveToo();
    expect([marks.wanted(), told]).toEqual([[2], 3]);
  });
});

describe('ratings that could not be sent', () => {
  const rating = (movieId: number, stars: number | null, ratedAt: string) => ({
    movieId,
    title: `Film ${movieId}`,
    rating: stars,
    ratedAt,
  });

  it('are kept for the next visit, each film once, and belong to one account', () => {
    const storage = memoryStorage();
    const pending = createPendingRatings(storage);
    pending.add(7, rating(1, 3, 'a'));
    pending.add(7, rating(2, 4, 'b'));
    pending.add(7, rating(1, null, 'c'));
    expect(createPendingRatings(storage).of(7)).toEqual([rating(2, 4, 'b'), rating(1, null, 'c')]);
    expect(pending.of(8)).toEqual([]);
    // What was changed while it was sent is sent again.
    pending.remove(7, rating(1, 3, 'a'));
    expect(pending.of(7)).toHaveLength(2);
    pending.remove(7, rating(1, null, 'c'));
    expect(pending.drop()).toBe(1);
    expect(storage.items.size).toBe(0);
  });

  it('are nothing where the storage holds something else', () => {
    for (const stored of ['{', '[]', '{"userId":7,"ratings":[{}]}'])
      expect(createPendingRatings(memoryStorage({ 'pocketrocket.pending': stored })).of(7)).toEqual([]);
  });
});

describe('the way back from sign-in', () => {
  const after = (to: string) => pathAfterSignIn(new URL(signInPath(to), 'http://portal.test').searchParams);

  it('leads to where the visitor was', () => {
    for (const path of ['/movie/1', '/', '/collection/Film%20Noir?order=TITLE_ASC'])
      expect(after(path)).toBe(path);
  });

  it('leads nowhere else', () => {
    for (const path of [
      '//evil.test',
      '/\\evil.test',
      'https://evil.test',
      'javascript:alert(1)',
      '',
      '/sign-in?to=/',
    ])
      expect(after(path)).toBeNull();
    expect(pathAfterSignIn(new URLSearchParams())).toBeNull();
  });
});
