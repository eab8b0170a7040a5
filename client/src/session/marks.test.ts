import { describe, expect, it } from '@jest/globals';
import { memoryStorage } from '../test/memoryStorage.ts';
import { createLeftMarks } from './leftMarks.ts';
import { createMarks, type MarkChange, type Marks, type MarksStore } from './marks.ts';
import { createPendingRatings } from './pendingRatings.ts';
import { pathAfterSignIn, signInPath } from './signInPath.ts';

const of = (marks: Partial<Marks> = {}): Marks => ({
  ...{ rating: null, isDismissed: false, isOnWatchlist: false, prediction: null },
  ...marks,
});

/** A change whose saving ends when it is told to. */
function held(kind: MarkChange['kind'], marks: Partial<Marks>) {
  let end: { resolve: (standing: Partial<Marks>) => void; reject: (error: Error) => void } | undefined;
  const send = () =>
    new Promise<Partial<Marks>>((resolve, reject) => {
      end = { resolve, reject };
    });
  const started = async () => {
    for (let turn = 0; turn < 20 && !end; turn++) await Promise.resolve();
    return end !== undefined;
  };
  return {
    change: { kind, marks, send },
    started,
    succeed: async (standing: Partial<Marks> = {}) => {
      expect(await started()).toBe(true);
      end?.resolve(standing);
    },
    fail: async () => {
      expect(await started()).toBe(true);
      end?.reject(new Error('refused'));
    },
  };
}

type Held = ReturnType<typeof held>;

const heldRatings = (...ratings: [number, number, number]) =>
  ratings.map((rating) => held('rating', { rating })) as [Held, Held, Held];

/** A rating of film 1 that is being saved, and three changes that wait for their turn; of the ratings the third is the latest. */
async function oneAndThreeWaiting(marks: MarksStore) {
  const [first, second, third] = heldRatings(4, 5, 2);
  const dismissal = held('dismissal', { isDismissed: true });
  const outcomes = [marks.save(1, first.change)];
  await first.started();
  for (const { change } of [second, third, dismissal]) outcomes.push(marks.save(1, change));
  return { first, second, third, dismissal, outcomes };
}

describe('the marks of films', () => {
  it('go back where a change failed, to what is saved', async () => {
    const marks = createMarks();
    const before = of({ rating: 3, isOnWatchlist: true, prediction: 0.5 });
    marks.put([[1, before]]);
    const first = held('rating', { rating: 4, isOnWatchlist: false });
    const outcome = marks.save(1, first.change);
    expect(marks.get(1)).toEqual({ ...before, rating: 4, isOnWatchlist: false });
    await first.fail();
    expect(await outcome).toMatchObject({ kind: 'failed', error: new Error('refused') });
    expect(marks.get(1)).toEqual(before);
    // Both fail: not what the first had shown, but what the API has.
    const [on, off] = [
      held('watchlist', { isOnWatchlist: false }),
      held('watchlist', { isOnWatchlist: true }),
    ];
    const outcomes = [marks.save(1, on.change)];
    await on.started();
    outcomes.push(marks.save(1, off.change));
    await on.fail();
    await off.fail();
    expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual(['replaced', 'failed']);
    expect(marks.get(1)).toEqual(before);
  });

  it('are what the last choice says: they are saved one after the other, and not the ones between', async () => {
    const marks = createMarks();
    const { first, second, third, dismissal, outcomes } = await oneAndThreeWaiting(marks);
    expect(await third.started()).toBe(false);
    expect(marks.get(1)).toEqual(of({ rating: 2, isDismissed: true }));
    await first.succeed();
    await third.succeed({ rating: 2.5 });
    expect(await second.started()).toBe(false);
    await dismissal.fail();
    expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual([
      'saved',
      'replaced',
      'saved',
      'failed',
    ]);
    // What stands may be another rating than that which was sent.
    expect(marks.get(1)).toEqual(of({ rating: 2.5 }));
  });

  it('stay as they were chosen where they are kept to be sent later', async () => {
    const marks = createMarks();
    const rating = held('rating', { rating: 4 });
    const outcome = marks.save(1, { ...rating.change, keeps: () => true });
    await rating.fail();
    expect((await outcome).kind).toBe('failed');
    expect(marks.get(1)?.rating).toBe(4);
  });

  it('are nobody else’s: what was being saved when the visitor went shows nothing, and what waited is not sent', async () => {
    const marks = createMarks();
    const [saved, refused, waiting] = heldRatings(4, 5, 3);
    const later = held('watchlist', { isOnWatchlist: true });
    const outcomes = [marks.save(1, saved.change), marks.save(2, refused.change)];
    await saved.started();
    outcomes.push(marks.save(1, later.change), marks.save(2, waiting.change));
    marks.clear();
    marks.put([[1, of({ rating: 1 })]]);
    await saved.succeed();
    await refused.fail();
    expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual([
      'saved',
      'replaced',
      'failed',
      'failed',
    ]);
    expect([await later.started(), await waiting.started()]).toEqual([false, false]);
    expect([marks.get(1), marks.get(2)]).toEqual([of({ rating: 1 }), undefined]);
    // The next visitor's own.
    const own = held('rating', { rating: 2 });
    const outcome = marks.save(1, own.change);
    await own.succeed();
    expect((await outcome).kind).toBe('saved');
    expect(marks.get(1)?.rating).toBe(2);
  });

  it('are sent before their turn where the page may go', async () => {
    const marks = createMarks();
    const { first, second, third, dismissal, outcomes } = await oneAndThreeWaiting(marks);
    marks.sendNow();
    expect([await second.started(), await third.started(), await dismissal.started()]).toEqual([
      false,
      true,
      true,
    ]);
    await third.succeed();
    await dismissal.succeed();
    await first.succeed();
    expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual([
      'saved',
      'replaced',
      'saved',
      'saved',
    ]);
    expect(marks.get(1)).toEqual(of({ rating: 2, isDismissed: true }));
  });

  it('are left by a page that goes before it may send them, for the next page of the same user', async () => {
    const marks = createMarks();
    const title = 'Heat';
    const { third, dismissal, first, outcomes } = await oneAndThreeWaiting(marks);
    expect(marks.unsaved()).toEqual([]);
    const [rating, bookmark, pending] = [
      held('rating', { rating: 3, isOnWatchlist: false }),
      held('watchlist', { isOnWatchlist: true }),
      held('rating', { rating: 1 }),
    ];
    outcomes.push(marks.save(2, { ...held('rating', { rating: 5 }).change, title }));
    outcomes.push(marks.save(2, { ...rating.change, title }));
    outcomes.push(marks.save(3, { ...bookmark.change, title }), marks.save(4, pending.change));
    const storage = memoryStorage();
    createLeftMarks(storage).leave(7, marks.unsaved());
    const left = [
      { movieId: 2, title, rating: 3 },
      { movieId: 3, title, isOnWatchlist: true },
    ];
    createLeftMarks(storage).drop();
    const next = createLeftMarks(storage);
    expect(next.take(7)).toEqual(left);
    expect(createLeftMarks(storage).take(7)).toEqual([]);
    next.leave(7, marks.unsaved());
    next.leave(7, []);
    expect(createLeftMarks(storage).take(8)).toEqual([]);
    expect(createLeftMarks(storage).take(7)).toEqual([]);
    next.leave(7, marks.unsaved());
    next.drop();
    expect(next.take(7)).toEqual([]);
    for (const change of [first, third, dismissal, rating, bookmark, pending]) await change.succeed();
    await Promise.all(outcomes);
    expect(marks.unsaved()).toEqual([]);
  });

  it('stay as they were changed where an answer did not know of it', async () => {
    const marks = createMarks();
    const asked = marks.now();
    const rating = held('rating', { rating: 4 });
    const outcome = marks.save(1, rating.change);
    marks.put([[1, of()]], marks.now());
    expect(marks.get(1)?.rating).toBe(4);
    await rating.succeed();
    await outcome;
    marks.put([[1, of()]], asked);
    expect(marks.get(1)?.rating).toBe(4);
    marks.put([[1, of()]]);
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
    // Sent by an account that has signed out meanwhile.
    pending.add(8, rating(1, 5, 'd'));
    pending.remove(7, rating(1, 3, 'a'));
    expect(pending.of(8)).toEqual([rating(1, 5, 'd')]);
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
