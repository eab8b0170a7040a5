interface NumbersType<Numbers> {
  new (buffer: SharedArrayBuffer): Numbers;
  readonly BYTES_PER_ELEMENT: number;
}

/** Numbers in memory that threads share. @param from the numbers, or how many zeros */
export function sharedNumbers<Numbers extends { set(from: ArrayLike<number>): void }>(
  type: NumbersType<Numbers>,
  from: ArrayLike<number> | number,
): Numbers {
  const length = typeof from === 'number' ? from : from.length;
  const numbers = new type(new SharedArrayBuffer(type.BYTES_PER_ELEMENT * length));
  if (typeof from !== 'number') numbers.set(from);
  return numbers;
}
