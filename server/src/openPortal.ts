import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config, Logger } from '@pocketrocket/runtime';
import type { ApiPort } from './api/apiPort.ts';
import type { BudgetGate } from './budgets/budgetGate.ts';
import { createPortal, type Portal } from './http/portal.ts';
import { createPagePolicy, scriptDigests, type SecurityHeadersOptions } from './http/securityHeaders.ts';
import { createCrawlerFiles, type CrawlerFilesOptions } from './pages/crawlerFiles.ts';
import type { RenderThreadData } from './pages/messages.ts';
import { RenderThread } from './pages/renderThread.ts';
import { ServedPages } from './pages/servedPages.ts';
import { moduleBeside, startWorker } from './threads/startWorker.ts';
import { originsOfPages } from './tmdb/origins.ts';

export interface OpenPortal {
  portal: Portal;
  /** The settings with what its pages need: scripts in line by digest, and other origins. */
  security: Omit<Config, keyof SecurityHeadersOptions> & SecurityHeadersOptions;
  stop(): Promise<void>;
}

export interface PortalParts {
  config: Config;
  api: ApiPort;
  gate: BudgetGate;
  /** Tells the models and catalogues apart that serve one after the other. */
  generation: () => number;
  catalogue: CrawlerFilesOptions['catalogue'];
  logger: Logger;
}

const MODULE = moduleBeside(import.meta.url, 'renderMain');
/** Megabytes of a rendering thread's heap: the portal's code, and what a few pages at once are made of. */
const HEAP_MB = 192;
const MEGABYTE = 1024 * 1024;

/** Opens the built portal, with a thread that renders its pages where it has a renderer and the settings want one. */
export function openPortal(portalDir: string, parts: PortalParts): OpenPortal {
  const { config, api, gate, generation, logger } = parts;
  const index = join(portalDir, 'index.html');
  const scripts = existsSync(index) ? scriptDigests(readFileSync(index, 'utf8')) : [];
  const security = { ...config, ...originsOfPages(config), scripts };
  if (!config.renderPages || !existsSync(join(portalDir, 'ssr/render.js')))
    return { portal: createPortal(portalDir), security, stop: () => Promise.resolve() };
  const data: RenderThreadData = { portalDir };
  const renderer = new RenderThread({
    startWorker: () => startWorker({ module: MODULE, data, heapMb: HEAP_MB }),
    logger,
  });
  const pages = new ServedPages({
    renderer,
    api,
    gate,
    maxBytes: config.pageCacheMb * MEGABYTE,
    maxAgeSeconds: config.publicMaxAgeSeconds,
    generation,
    publicUrl: config.publicUrl,
    policyFor: createPagePolicy(security),
    logger,
  });
  const madeFiles = createCrawlerFiles({
    facts: () => renderer.facts,
    catalogue: parts.catalogue,
    publicUrl: config.publicUrl,
  });
  return { portal: createPortal(portalDir, { pages, madeFiles }), security, stop: () => renderer.stop() };
}
