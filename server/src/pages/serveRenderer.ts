import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { brotliCompressSync, constants } from 'node:zlib';
import { weakEtag } from '../api/weakEtag.ts';
import { Asked } from '../threads/asked.ts';
import { failureOf } from '../threads/failures.ts';
import type { FromRenderer, RenderThreadData, ToRenderer } from './messages.ts';
import type { PageBytes, RenderedPage, RendererModule } from './renderer.ts';

/** Of 0 to 11: as much smaller as a few milliseconds make it. */
const QUALITY = 5;

/** Renders, in a thread of its own, what the front asks for through the port. */
export async function serveRenderer(port: MessagePort, { portalDir }: RenderThreadData): Promise<void> {
  const file = pathToFileURL(join(portalDir, 'ssr/render.js')).href;
  const renderer = (await import(file)) as RendererModule;
  const render = renderer.openRenderer(portalDir);
  const questions = new Asked();
  const post = (message: FromRenderer, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

  const renderPage = async ({ id, request }: Extract<ToRenderer, { kind: 'render' }>) => {
    const execute = async (body: string) =>
      (await questions.ask((question) => post({ kind: 'ask', id, question, body }))) as string;
    try {
      const page = bytesOf(await render(request, execute));
      post({ kind: 'page', id, page }, [page.html.buffer as ArrayBuffer, page.brotli.buffer as ArrayBuffer]);
    } catch (error) {
      post({ kind: 'failure', id, failure: failureOf(error) });
    }
  };
  port.on('message', (message: ToRenderer) => {
    if (message.kind === 'render') void renderPage(message);
    else if (message.kind === 'answer') questions.settle(message.question, message.reply);
    else post({ kind: 'pong' });
  });
  const { languages, addresses } = renderer;
  post({ kind: 'ready', facts: { languages, addresses } });
}

function bytesOf({ html, ...page }: RenderedPage): PageBytes {
  const bytes = new TextEncoder().encode(html);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return {
    ...page,
    html: bytes,
    // A buffer of its own, so that it can change threads without being copied.
    brotli: Uint8Array.from(brotliCompressSync(bytes, { params })),
    etag: weakEtag(html),
  };
}
