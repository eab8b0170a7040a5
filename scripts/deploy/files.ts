import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { ROOT } from '../lib/processes.ts';

export const DOCKER = join(ROOT, 'docker');
export const KUBERNETES = join(DOCKER, 'kubernetes');

/** A whole version, down to the patch: `name:1.2.3` or `name:1.2.3-variant`. */
export const PINNED = /^[a-z0-9./-]+:\d+\.\d+\.\d+(-[a-z0-9.-]+)?$/;

/** Reads a file of the `docker` folder. */
export function readText(...path: string[]): Promise<string> {
  return readFile(join(DOCKER, ...path), 'utf8');
}

/** A YAML file of one document, merge keys resolved. */
export function parseYaml<T>(text: string): T {
  return parse(text, { merge: true }) as T;
}

/** The documents of a YAML file. */
export function parseYamlDocuments<T>(text: string): T[] {
  return parseAllDocuments(text, { merge: true }).map((document) => document.toJS() as T);
}

/** A models.config without its layout and comments. */
export function withoutLayout(modelsConfig: string): string {
  return modelsConfig.replace(/#.*$/gm, '').replace(/\s+/g, ' ').trim();
}
