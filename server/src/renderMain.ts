import { parentPort, workerData } from 'node:worker_threads';
import type { RenderThreadData } from './pages/messages.ts';
import { serveRenderer } from './pages/serveRenderer.ts';

if (!parentPort) throw new Error('this module runs in a thread');
await serveRenderer(parentPort, workerData as RenderThreadData);
