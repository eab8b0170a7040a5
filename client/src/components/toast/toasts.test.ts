import { describe, expect, it } from '@jest/globals';
import { createToasts } from './toasts.ts';

describe('toasts', () => {
  it('are shown until they are closed, at most three, each text once', () => {
    const toasts = createToasts();
    const close = toasts.show({ text: 'one' });
    for (const text of ['two', 'two', 'three', 'four']) toasts.show({ text });
    expect(toasts.get().map(({ text }) => text)).toEqual(['two', 'three', 'four']);
    close();
    toasts.close(toasts.get()[0]?.id ?? 0);
    expect(toasts.get().map(({ text }) => text)).toEqual(['three', 'four']);
  });

  it('undo the latest that can be undone, once', () => {
    const toasts = createToasts();
    const undone: string[] = [];
    for (const text of ['one', 'two']) toasts.show({ text, undo: () => undone.push(text) });
    toasts.show({ text: 'three' });
    expect([toasts.undoLatest(), toasts.undoLatest(), toasts.undoLatest()]).toEqual([true, true, false]);
    expect(undone).toEqual(['two', 'one']);
    expect(toasts.get().map(({ text }) => text)).toEqual(['three']);
  });
});
