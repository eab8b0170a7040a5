import { loadKernel } from '../kernels/loadKernel.ts';
import type { Kernel } from '../kernels/loadKernel.ts';

/** The kernel, for a test that cannot do without it: `npm run build:kernels` builds it, `npm test` does so by itself. */
export function builtKernel(name: string): Kernel {
  const kernel = loadKernel(name);
  if (!kernel) throw new Error(`the kernel ${name} is not built; run \`npm run build:kernels\``);
  return kernel;
}
