import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ApolloLink, type ApolloClient } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import { delay, of, Subject } from 'rxjs';
import { clientOver } from '../api/apollo.ts';
import { sharedState } from '../state/sharedState.ts';
import { followTraining } from './followTraining.ts';
import { trainingState } from './useTraining.ts';

const training = (share: number | null) => ({
  __typename: 'Training',
  isRunning: share !== null,
  stage: share === null ? null : 'item2vec',
  share,
  secondsLeft: null,
  modelVersion: null,
});

describe('the training that a page follows', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  function page() {
    const [isLive, isVisible] = [sharedState(false), sharedState(true)];
    const told: Subject<ApolloLink.Result>[] = [];
    const asked: number[] = [];
    let share: number | null = null;
    let answerMs = 0;
    trainingState.set(undefined);
    const client: ApolloClient = clientOver(
      new ApolloLink(({ operationType }) => {
        if (operationType === OperationTypeNode.SUBSCRIPTION) {
          const subject = new Subject<ApolloLink.Result>();
          told.push(subject);
          return subject;
        }
        asked.push(Date.now());
        const answered = of({ data: { training: training(share) } });
        return answerMs > 0 ? answered.pipe(delay(answerMs)) : answered;
      }),
    );
    const stop = followTraining(client, { isLive, isVisible });
    return {
      isLive,
      isVisible,
      told,
      asked,
      stop,
      /** Sets the share that the API answers from now on. */
      answer: (next: number | null, afterMs = 0) => {
        share = next;
        answerMs = afterMs;
      },
      tell: (next: number | null) => told.at(-1)?.next({ data: { trainingChanged: training(next) } }),
      shown: () => trainingState.get()?.share,
    };
  }

  it('is told over the live connection, and nobody asks', async () => {
    const { isLive, tell, shown, asked, stop } = page();
    await jest.advanceTimersByTimeAsync(1_000);
    isLive.set(true);
    tell(0.25);
    expect(shown()).toBe(0.25);
    await jest.advanceTimersByTimeAsync(60_000);
    tell(0.5);
    expect(shown()).toBe(0.5);
    expect(asked).toEqual([]);
    stop();
  });

  it('is asked for where it is refused before it is even there', async () => {
    const [isLive, isVisible] = [sharedState(true), sharedState(true)];
    trainingState.set(undefined);
    let numRefused = 0;
    const client = clientOver(
      new ApolloLink(({ operationType }) => {
        if (operationType !== OperationTypeNode.SUBSCRIPTION)
          return of({ data: { training: training(0.1) } });
        numRefused++;
        throw new Error('refused');
      }),
    );
    const stop = followTraining(client, { isLive, isVisible });
    await jest.advanceTimersByTimeAsync(3_000);
    expect(trainingState.get()?.share).toBe(0.1);
    expect(numRefused).toBe(1);
    stop();
  });

  it('is asked for while no connection stands, more often while a model is trained', async () => {
    const { isLive, answer, shown, asked, stop } = page();
    answer(0.1);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(shown()).toBe(0.1);
    answer(null);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(shown()).toBeNull();
    await jest.advanceTimersByTimeAsync(14_000);
    expect(asked).toHaveLength(2);
    isLive.set(true);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(2);
    isLive.set(false);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(asked).toHaveLength(3);
    stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(3);
  });

  it('is asked for where the subscription is refused though the connection stands', async () => {
    const { isLive, told, answer, shown, stop } = page();
    isLive.set(true);
    told[0]?.error(new Error('too many subscriptions'));
    answer(0.75);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(shown()).toBe(0.75);
    stop();
  });

  it('stays as it was told where what was asked for before comes after it', async () => {
    const { isLive, tell, answer, shown, stop } = page();
    answer(0.95, 500);
    await jest.advanceTimersByTimeAsync(3_200);
    isLive.set(true);
    tell(null);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(shown()).toBeNull();
    stop();
  });

  it('is subscribed to again some time after a refusal', async () => {
    const { isLive, told, tell, asked, shown, stop } = page();
    isLive.set(true);
    told[0]?.error(new Error('too many subscriptions'));
    await jest.advanceTimersByTimeAsync(20_000);
    expect(told).toHaveLength(2);
    tell(0.5);
    expect(shown()).toBe(0.5);
    const askedBefore = asked.length;
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(askedBefore);
    stop();
  });

  it('rests while the page is hidden, and is subscribed to anew when it is seen', async () => {
    const { isLive, isVisible, told, asked, stop } = page();
    isLive.set(true);
    expect(told.map(({ observed }) => observed)).toEqual([true]);
    isVisible.set(false);
    isLive.set(false);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(told.map(({ observed }) => observed)).toEqual([false]);
    expect(asked).toEqual([]);
    isVisible.set(true);
    expect(told.map(({ observed }) => observed)).toEqual([false, true]);
    stop();
  });
});
