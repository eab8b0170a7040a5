import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { PageAssets } from './renderReport.ts';

/** Reads what every report carries within itself: its style, its script and the chart library. */
export async function readPageAssets(): Promise<PageAssets> {
  const asset = (name: string): URL => new URL(`../../../assets/report/${name}`, import.meta.url);
  const library = createRequire(import.meta.url).resolve('echarts/dist/echarts.min');
  const [style, script, chartLibrary] = await Promise.all([
    readText(asset('page.css')),
    readText(asset('page.js')),
    readText(library),
  ]);
  return { style, script, chartLibrary };
}

/** Browsers read a page's line ends as `\n` before they compute its digests; a checkout may hold others. */
async function readText(file: URL | string): Promise<string> {
  return (await readFile(file, 'utf8')).replaceAll('\r\n', '\n');
}
