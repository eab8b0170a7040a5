/** `npm run build`: compiles the workspaces and builds the portal. */
import { runMain } from '@pocketrocket/runtime';
import { build } from './lib/build.ts';

await runMain(build);
