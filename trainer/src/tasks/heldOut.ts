import type { HeldOutItems } from '@pocketrocket/engine';
import type { NamedTensors } from '../tensors/namedTensors.ts';

/** Precedes the names of held-out items' tensors. */
const HELD_OUT = 'heldOut.';

/** Names the arrays of held-out items, for a task. */
export function heldOutToTensors(heldOut: HeldOutItems): NamedTensors {
  return Object.fromEntries(
    Object.entries({ ...heldOut }).map(([name, data]: [string, Int32Array]) => [
      HELD_OUT + name,
      { shape: [data.length], data },
    ]),
  );
}

/** True for the name of one of their tensors. */
export function isOfHeldOut(name: string): boolean {
  return name.startsWith(HELD_OUT);
}

/** The way back from {@link heldOutToTensors}; undefined where there are none. */
export function heldOutFrom(tensors: NamedTensors): HeldOutItems | undefined {
  const arrayOf = (name: keyof HeldOutItems): Int32Array => {
    const data = tensors[HELD_OUT + name]?.data;
    if (!(data instanceof Int32Array)) throw new RangeError(`tensor ${HELD_OUT}${name}: must hold int32`);
    return data;
  };
  if (!Object.keys(tensors).some(isOfHeldOut)) return undefined;
  return { userIndices: arrayOf('userIndices'), offsets: arrayOf('offsets'), items: arrayOf('items') };
}
