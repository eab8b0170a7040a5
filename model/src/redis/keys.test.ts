import { expect, it } from '@jest/globals';
import { clusterKeySlotOf } from './test/slots.ts';
import { modelKeys } from './index.ts';

it.each(['recmodel', 'a model', 'with {braces} and }{'])(
  'keeps every key of %s in one slot of a cluster, and those of another model elsewhere',
  (name) => {
    const { current, releases, lease, changes, release } = modelKeys(name);
    const { meta, vectors, chunk } = release('7-0123456789abcdef');
    const keys = [current, releases, lease, changes, meta, vectors, chunk(0), chunk(31), release('8-0').meta];
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(keys.map(clusterKeySlotOf)).size).toBe(1);
    expect(clusterKeySlotOf(modelKeys(`${name} 2`).current)).not.toBe(clusterKeySlotOf(current));
  },
);

it('reckons slots as the cluster specification does', () => {
  // CRC16 of 123456789 is 0x31C3, its appendix A says.
  expect(clusterKeySlotOf('123456789')).toBe(0x31c3 % 16_384);
  expect(clusterKeySlotOf('{user1000}.following')).toBe(clusterKeySlotOf('{user1000}.followers'));
});
