import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { wasm } from './webAssembly.ts';
import type { WasmModule } from './webAssembly.ts';

/** Code compiled from `engine/kernels/<name>.ts`. */
export interface Kernel {
  readonly name: string;
  readonly module: WasmModule;
}

const kernels = new Map<string, Kernel | null>();

/** The kernel of that name, compiled once a process; null when it was not built, and the reference must do. */
export function loadKernel(name: string): Kernel | null {
  let kernel = kernels.get(name);
  if (kernel === undefined) {
    const file = fileURLToPath(new URL(`../../wasm/${name}.wasm`, import.meta.url));
    kernel = existsSync(file) ? { name, module: new wasm.Module(readFileSync(file)) } : null;
    kernels.set(name, kernel);
  }
  return kernel;
}
