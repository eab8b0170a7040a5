import { freemem, totalmem } from 'node:os';
import { wasm } from './webAssembly.ts';
import type { WasmMemory } from './webAssembly.ts';

const PAGE_BYTES = 65_536;
/** wasm32 addresses end here. */
const MAX_BYTES = 2 ** 32;
/** Bytes reserved for the control words of {@link CONTROL}, so that no array has address 0. */
const CONTROL_BYTES = 1024;
/** Rows begin on cache lines, and two threads' arrays never share one. */
const ALIGNMENT = 64;
/** Threads' own arrays begin on pages, so that what one of them never touches takes no memory. */
const OWN_ALIGNMENT = 4096;

interface ArrayKinds {
  Float32Array: Float32Array;
  Float64Array: Float64Array;
  Int8Array: Int8Array;
  Uint8Array: Uint8Array;
  Int16Array: Int16Array;
  Uint16Array: Uint16Array;
  Int32Array: Int32Array;
  Uint32Array: Uint32Array;
}

type ArrayKind = keyof ArrayKinds;

interface ArrayConstructor<Kind extends ArrayKind> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: SharedArrayBuffer, byteOffset: number, length: number): ArrayKinds[Kind];
}

const ARRAYS: { readonly [Kind in ArrayKind]: ArrayConstructor<Kind> } = {
  Float32Array,
  Float64Array,
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
};

/** The arrays a kernel works on: for each, its element type and its length in elements. */
export type KernelLayout = Readonly<Record<string, readonly [ArrayKind, number]>>;

export type KernelArrays<Layout extends KernelLayout> = {
  readonly [Name in keyof Layout]: ArrayKinds[Layout[Name][0]];
};

/** One shared memory, sized once, and views of the arrays in it; an array's address is its `byteOffset`. */
export interface KernelMemory<Layout extends KernelLayout = KernelLayout> {
  readonly memory: WasmMemory;
  readonly arrays: KernelArrays<Layout>;
  readonly bytes: number;
}

/** Thrown when a model needs more memory than this machine, or WebAssembly, has. */
export class EngineMemoryError extends Error {
  override readonly name = 'EngineMemoryError';

  constructor(
    model: string,
    readonly neededBytes: number,
    readonly availableBytes: number,
  ) {
    const mib = (bytes: number): string => Math.ceil(bytes / 2 ** 20).toLocaleString('en');
    super(
      `${model}: needs ${mib(neededBytes)} MiB of memory, and there are ${mib(availableBytes)} MiB; ` +
        'use shorter vectors or fewer items, or a machine with more memory',
    );
  }
}

/**
 * Reserves a memory that holds exactly these arrays, filled with zeros, each on a 64-byte boundary.
 *
 * `model` names the one who asks, in the error.
 * @throws EngineMemoryError when the arrays exceed the free memory of the machine or the 4 GiB of WebAssembly.
 */
export function reserveMemory<const Layout extends KernelLayout>(
  model: string,
  layout: Layout,
): KernelMemory<Layout> {
  const memory = allocate(model, endOf(layout, CONTROL_BYTES));
  return { memory, arrays: arraysAt(memory, layout, CONTROL_BYTES), bytes: memory.buffer.byteLength };
}

/** The arrays of a memory for several threads: those that all of them read, and those that each has to itself. */
export interface ThreadedLayout<
  Common extends KernelLayout = KernelLayout,
  Own extends KernelLayout = KernelLayout,
> {
  readonly common: Common;
  readonly own: Own;
}

/**
 * Reserves a memory with the common arrays once and `threads` times each thread's own, all zeros.
 * @throws EngineMemoryError as {@link reserveMemory}
 */
export function reserveThreadedMemory(
  model: string,
  { common, own }: ThreadedLayout,
  threads: number,
): WasmMemory {
  return allocate(model, ownStart(common) + threads * ownLength(own));
}

/** Bytes that each thread has to itself in {@link reserveThreadedMemory}. */
export function ownLength(own: KernelLayout): number {
  return roundUp(endOf(own, 0), OWN_ALIGNMENT);
}

/**
 * The common arrays and those of one thread in a memory of {@link reserveThreadedMemory}.
 * @param thread from 0
 * @throws RangeError where the memory was reserved for fewer threads
 */
export function threadArrays<Common extends KernelLayout, Own extends KernelLayout>(
  memory: WasmMemory,
  { common, own }: ThreadedLayout<Common, Own>,
  thread: number,
): KernelArrays<Common> & KernelArrays<Own> {
  const start = ownStart(common) + thread * ownLength(own);
  if (thread < 0 || start + ownLength(own) > memory.buffer.byteLength) {
    throw new RangeError(`thread ${thread}: the model is shared among fewer threads`);
  }
  return { ...arraysAt(memory, common, CONTROL_BYTES), ...arraysAt(memory, own, start) };
}

function ownStart(common: KernelLayout): number {
  return roundUp(endOf(common, CONTROL_BYTES), OWN_ALIGNMENT);
}

function endOf(layout: KernelLayout, start: number): number {
  return Object.values(layout).reduce((end, one) => end + lengthOf(one), start);
}

function lengthOf([kind, length]: KernelLayout[string]): number {
  return roundUp(length * ARRAYS[kind].BYTES_PER_ELEMENT, ALIGNMENT);
}

function allocate(model: string, bytes: number): WasmMemory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  requireMemory(model, pages * PAGE_BYTES);
  return new wasm.Memory({ initial: pages, maximum: pages, shared: true });
}

function arraysAt<Layout extends KernelLayout>(
  { buffer }: WasmMemory,
  layout: Layout,
  start: number,
): KernelArrays<Layout> {
  let at = start;
  const arrays = Object.entries(layout).map(([name, one]): [string, ArrayKinds[ArrayKind]] => {
    const [kind, length] = one;
    const array = new ARRAYS[kind](buffer, at, length);
    at += lengthOf(one);
    return [name, array];
  });
  return Object.fromEntries(arrays) as unknown as KernelArrays<Layout>;
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/**
 * Refuses before anything is allocated what does not fit.
 * @throws EngineMemoryError with the figure needed and the figure there.
 */
export function requireMemory(model: string, bytes: number): void {
  const available = Math.min(MAX_BYTES, availableMemory());
  if (bytes > available) throw new EngineMemoryError(model, bytes, available);
}

/** Bytes that this process may still take: what the machine has free, within the limit of its container. */
export function availableMemory(): number {
  const used = process.memoryUsage.rss();
  // Elsewhere "free" leaves out what the system would give back at once.
  const knowsFree = process.platform === 'linux' || process.platform === 'win32';
  const free = knowsFree ? freemem() : totalmem() - used;
  // 0, or more than the machine has, where no limit is set.
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? Math.min(free, limit - used) : free;
}
