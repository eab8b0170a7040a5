import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { copyFile, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { ROOT } from './processes.ts';

const compressed = promisify(brotliCompress);

const TEXTS = /\.(?:js|css|html|svg|webmanifest)$/;
/** Not sent as they are: the renderer, which is no file for browsers, and the settings, which deployments edit. */
const LEFT_OUT = /^(?:ssr\/|config\.js$)/;
/** Smaller files gain nothing. */
const MIN_BYTES = 500;
const KEPT = join(ROOT, '.cache', 'brotli');

/**
 * Puts a compressed copy, `.br`, beside each file of a built portal that consists of text: once, as small as it goes. Copies are kept, as
 * most files are the same in the next build.
 */
export async function compressPortal(folder: string): Promise<void> {
  mkdirSync(KEPT, { recursive: true });
  const names = await readdir(folder, { recursive: true });
  await Promise.all(
    names
      .filter((name) => TEXTS.test(name) && !LEFT_OUT.test(name))
      .map((name) => compress(join(folder, name))),
  );
}

async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  if (content.length < MIN_BYTES) return;
  const kept = join(KEPT, createHash('sha256').update(content).digest('hex'));
  if (!existsSync(kept)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    const unfinished = `${kept}.${process.pid}`;
    await writeFile(unfinished, await compressed(content, { params }));
    await rename(unfinished, kept);
  }
  await copyFile(kept, `${file}.br`);
}
