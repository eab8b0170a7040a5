import type { Config, Logger } from '@pocketrocket/runtime';
import type { ApiPort } from './api/apiPort.ts';
import type { BudgetGate } from './budgets/budgetGate.ts';
import { createPortal, type Portal } from './http/portal.ts';
import { createPagePolicy, type SecurityHeadersOptions } from './http/securityHeaders.ts';
import { createCrawlerFiles, type CrawlerFilesOptions } from './pages/crawlerFiles.ts';
import type { RenderThreadData } from './pages/messages.ts';
import { PortalBuilds } from './pages/portalBuilds.ts';
import { NotRendered, RenderThread, type RenderThreadOptions } from './pages/renderThread.ts';
import { ServedPages, type ServedPagesOptions } from './pages/servedPages.ts';
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
  gate: Pick<BudgetGate, 'check' | 'learn'>;
  /** Tells the models and catalogues apart that serve one after the other. */
  generation: () => number;
  catalogue: CrawlerFilesOptions['catalogue'];
  logger: Logger;
  /** Starts a thread that renders; the server's own unless given. */
  startRenderer?: RenderThreadOptions['startWorker'];
  /** Milliseconds from one look at the build to the next; a second unless given. */
  lookEveryMs?: number;
}

const MODULE = moduleBeside(import.meta.url, 'renderMain');
/** Megabytes of a rendering thread's heap: the portal's code, and what a few pages at once are made of. */
const HEAP_MB = 192;
const MEGABYTE = 1024 * 1024;

/**
 * Opens the built portal, with a thread that renders its pages where the settings want one. Where the build is replaced by another one,
 * browsers render its pages until it is whole; then a thread of its own does.
 */
export function openPortal(portalDir: string, parts: PortalParts): OpenPortal {
  const { config, api, gate, generation, logger, lookEveryMs } = parts;
  const data: RenderThreadData = { portalDir };
  const startRenderer = parts.startRenderer ?? (() => startWorker({ module: MODULE, data, heapMb: HEAP_MB }));
  let thread: RenderThread | null = null;
  let wasReplaced = false;
  const builds = new PortalBuilds({
    portalDir,
    ...(lookEveryMs && { lookEveryMs }),
    onWhole() {
      if (config.renderPages) thread = new RenderThread({ startWorker: startRenderer, logger });
      if (wasReplaced) logger.info('the portal is built anew: its pages are of that build from now on');
    },
    onGone() {
      wasReplaced = true;
      logger.info('the build of the portal is being replaced: browsers render its pages meanwhile');
      void thread?.stop();
      thread = null;
    },
  });
  const renderer: ServedPagesOptions['renderer'] = {
    get facts() {
      return thread?.facts ?? null;
    },
    render: (request, execute) =>
      thread?.render(request, execute) ?? Promise.reject(new NotRendered('the portal is being built')),
  };
  const security = { ...config, ...originsOfPages(config), scripts: () => builds.scripts };
  const stop = async () => {
    builds.close();
    await thread?.stop();
  };
  if (!config.renderPages) return { portal: createPortal(portalDir), security, stop };
  const pages = new ServedPages({
    renderer,
    api,
    gate,
    maxBytes: config.pageCacheMb * MEGABYTE,
    maxAgeSeconds: config.publicMaxAgeSeconds,
    generation: () => `${generation()} ${builds.number}`,
    publicUrl: config.publicUrl,
    policyFor: createPagePolicy(security),
    logger,
  });
  const madeFiles = createCrawlerFiles({
    facts: () => renderer.facts,
    catalogue: parts.catalogue,
    publicUrl: config.publicUrl,
  });
  return { portal: createPortal(portalDir, { pages, madeFiles }), security, stop };
}
