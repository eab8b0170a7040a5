/** The part of WebAssembly that kernels use; the types of Node have none, and the DOM's are not for here. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (module: WasmModule, imports: { env: { memory: WasmMemory } }) => WasmInstance;
  readonly Memory: new (limits: { initial: number; maximum: number; shared: true }) => WasmMemory;
}

/** Compiled code, which threads share. */
export type WasmModule = object;

export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, (...args: number[]) => number>>;
}

export const wasm = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
