import { describe, expect, it } from '@jest/globals';
import { Reachability } from './reachability.ts';

function surroundings() {
  const timers = new Map<() => void, number>();
  const online = new Set<() => void>();
  const told: string[] = [];
  const reachability = new Reachability({
    after(ms, call) {
      timers.set(call, ms);
      return () => void timers.delete(call);
    },
    onOnline(call) {
      online.add(call);
      return () => void online.delete(call);
    },
  });
  const wait = (name: string) => reachability.wait(() => void told.push(name));
  /** Lets the next pause pass; returns its length. */
  const pass = () => {
    const [next] = timers;
    if (!next) return null;
    timers.delete(next[0]);
    next[0]();
    return next[1];
  };
  return { reachability, wait, pass, goOnline: () => online.forEach((call) => call()), told, timers, online };
}

describe('who got no answer', () => {
  it('asks again when online, when somebody else is answered, and after ever longer pauses', () => {
    const { reachability, wait, pass, goOnline, told } = surroundings();
    wait('list');
    goOnline();
    reachability.answered();
    expect(told).toEqual(['list', 'list']);
    expect([pass(), pass(), pass(), pass(), pass(), pass()]).toEqual([
      3_000, 6_000, 12_000, 24_000, 60_000, 60_000,
    ]);
    expect(told).toHaveLength(8);
  });

  it('leaves nothing behind when nobody waits any more, and begins anew', () => {
    const { reachability, wait, pass, told, timers, online } = surroundings();
    const stops = [wait('one'), wait('other')];
    stops.forEach((stop) => stop());
    expect([timers.size, online.size, pass()]).toEqual([0, 0, null]);
    reachability.answered();
    expect(told).toEqual([]);
    wait('one');
    expect(pass()).toBe(3_000);
    expect(told).toEqual(['one']);
  });
});
