import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { RuleTester } from 'eslint';
import { importArrows } from './importArrows.js';
import { FOLDERS, WORKSPACES } from './layout.js';

const ROOT = join(import.meta.dirname, '../..');
const GRAPHS: Record<string, Record<string, readonly string[]>> = { workspaces: WORKSPACES, ...FOLDERS };

/** The first circle that a walk along the arrows meets; null where there is none. */
function circleIn(graph: Record<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const walk = (at: string, path: string[]): string[] | null => {
    if (path.includes(at)) return [...path.slice(path.indexOf(at)), at];
    if (done.has(at)) return null;
    for (const next of graph[at] ?? []) {
      const circle = walk(next, [...path, at]);
      if (circle) return circle;
    }
    done.add(at);
    return null;
  };
  for (const start of Object.keys(graph)) {
    const circle = walk(start, []);
    if (circle) return circle;
  }
  return null;
}

describe('the layout', () => {
  it.each(Object.keys(GRAPHS))('has no circle among the %s', (name) => {
    expect(circleIn(GRAPHS[name] ?? {})).toBeNull();
  });

  it.each(Object.keys(FOLDERS))('lists every folder of %s, and no other', (workspace) => {
    const there = readdirSync(join(ROOT, workspace, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'test')
      .map(({ name }) => name);
    expect(Object.keys(GRAPHS[workspace] ?? {}).sort()).toEqual(there.sort());
  });
});

RuleTester.describe = describe;
RuleTester.it = it;
new RuleTester().run('import-arrows', importArrows, {
  valid: [
    { filename: join(ROOT, 'server/src/http/a.ts'), code: "import { a } from '@pocketrocket/engine';" },
    { filename: join(ROOT, 'server/src/http/a.test.ts'), code: "import { a } from '@pocketrocket/testing';" },
    { filename: join(ROOT, 'seeds/src/a.ts'), code: "import { a } from '@pocketrocket/model/artifact';" },
  ],
  invalid: [
    {
      filename: join(ROOT, 'engine/src/a.ts'),
      code: "import { a } from '@pocketrocket/runtime';",
      errors: [{ message: 'engine may import no other workspace, not runtime (docs/architecture.md).' }],
    },
    {
      filename: join(ROOT, 'seeds/src/a.ts'),
      code: "export { a } from '@pocketrocket/model/redis';",
      errors: 1,
    },
    {
      filename: join(ROOT, 'server/src/http/a.ts'),
      code: "import { a } from '@pocketrocket/testing';",
      errors: 1,
    },
    {
      filename: join(ROOT, 'server/src/a.ts'),
      code: "import { a } from '../../engine/src/index.ts';",
      errors: [{ message: 'Import another workspace by its name, not by its path.' }],
    },
  ],
});
