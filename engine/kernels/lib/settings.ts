/**
 * Reads a settings block (engine/src/kernels/settingsBlock.ts) word by word: fields in the order in which that file's
 * caller declares them.
 */
let reading: usize = 0;

/** Begins with the first field of a block. */
export function openSettings(block: usize): void {
  reading = block;
}

/** The next field, a number or an address. */
// @inline
export function nextWord(): u32 {
  const word = load<u32>(reading);
  reading += 4;
  return word;
}

/** The next field, a number of single precision. */
// @inline
export function nextFloat(): f32 {
  const value = load<f32>(reading);
  reading += 4;
  return value;
}
