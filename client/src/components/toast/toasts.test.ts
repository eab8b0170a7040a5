import { describe, expect, it } from '@jest/globals';
import { createToasts } from './toasts.ts';

const textsOf = ({ get }: ReturnType<typeof createToasts>) => get().map(({ text }) => text);

describe('toasts', () => {
  it('are shown until they are closed, at most two, each text once', () => {
    const toasts = createToasts();
    const close = toasts.show({ text: 'one' });
    for (const text of ['two', 'two', 'three']) toasts.show({ text });
    close();
    expect(textsOf(toasts)).toEqual(['two', 'three']);
    toasts.close(toasts.get()[0]?.id ?? 0);
    expect(textsOf(toasts)).toEqual(['three']);
  });

  it('undo the latest that can be undone, once', () => {
    const toasts = createToasts();
    const undone: string[] = [];
    for (const text of ['one', 'two']) toasts.show({ text, undo: () => undone.push(text) });
    expect(toasts.undoLatest()).toBe(true);
    toasts.show({ text: 'three' });
    expect([toasts.undoLatest(), toasts.undoLatest()]).toEqual([true, false]);
    expect(undone).toEqual(['two', 'one']);
    expect(textsOf(toasts)).toEqual(['three']);
  });
});
