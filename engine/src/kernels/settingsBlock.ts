/** A number, or where an array lies; each field of a block takes one 32-bit word. */
export type SettingKind = 'u32' | 'f32' | 'address';

/** The fields of a block, in the order in which the kernel reads them (`engine/kernels/lib/settings.ts`). */
export type SettingFields = Readonly<Record<string, SettingKind>>;

/** A number for each field, for an address the array that lies there. */
export type Settings<Fields extends SettingFields> = {
  readonly [Name in keyof Fields]: Fields[Name] extends 'address' ? { readonly byteOffset: number } : number;
};

/** A block's share of a `KernelLayout`: element type and length. */
export function settingsLength(fields: SettingFields): readonly ['Uint32Array', number] {
  return ['Uint32Array', Object.keys(fields).length];
}

/**
 * Writes all fields of a block, by name: the one way in which kernels are given their sizes and addresses.
 *
 * Only `fields` says which comes where; `kernels/settingsBlock.test.ts` compares it with the kernel's source. What changes
 * from call to call may go beside it as arguments, up to seven numbers: a call costs less than a block.
 * @param block memory of {@link settingsLength}
 */
export function writeSettings<Fields extends SettingFields>(
  block: Uint32Array,
  fields: Fields,
  settings: Settings<Fields>,
): void {
  const numbers = new DataView(block.buffer, block.byteOffset, block.byteLength);
  Object.entries(fields).forEach(([name, kind], index) => {
    const value: number | { readonly byteOffset: number } = settings[name];
    if (typeof value !== 'number') numbers.setUint32(4 * index, value.byteOffset, true);
    else if (kind === 'f32') numbers.setFloat32(4 * index, value, true);
    else numbers.setUint32(4 * index, value, true);
  });
}
