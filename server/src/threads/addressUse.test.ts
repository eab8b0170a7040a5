import { describe, expect, it } from '@jest/globals';
import { AddressUse } from './addressUse.ts';

function uses() {
  let now = 1_000;
  const use = new AddressUse(() => now);
  return { use, pass: (ms: number) => (now += ms) };
}

describe('the use of threads by address', () => {
  it('is forgotten by half in two seconds', () => {
    const { use, pass } = uses();
    use.add('a', 400);
    pass(2_000);
    expect(use.of('a')).toBeCloseTo(200);
    use.add('a', 100);
    pass(2_000);
    expect(use.of('a')).toBeCloseTo(150);
    expect(use.of('b')).toBe(0);
  });

  it('is much only beside somebody who uses less', () => {
    const { use, pass } = uses();
    use.asks('a');
    use.add('a', 5_000);
    expect(use.isMuch('a')).toBe(false);
    pass(100);
    use.asks('b');
    use.add('b', 10);
    expect([use.isMuch('a'), use.isMuch('b')]).toEqual([true, false]);
    // Once the other has gone, nobody is in its way.
    pass(2_500);
    use.asks('a');
    expect(use.isMuch('a')).toBe(false);
  });

  it('is not much of those who share evenly, nor of those who use little', () => {
    const { use } = uses();
    for (const address of ['a', 'b']) {
      use.asks(address);
      use.add(address, 1_000);
    }
    use.add('a', 300);
    use.asks('c');
    use.add('c', 900);
    expect(['a', 'b', 'c'].map((address) => use.isMuch(address))).toEqual([false, false, false]);
    const { use: idle } = uses();
    idle.asks('d');
    idle.asks('e');
    idle.add('e', 299);
    expect(idle.isMuch('e')).toBe(false);
  });
});
