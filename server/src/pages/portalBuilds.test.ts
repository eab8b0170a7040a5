import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PortalBuilds } from './portalBuilds.ts';

const MINUTE_MS = 60_000;

describe('the build of a portal', () => {
  let portalDir: string;
  let builds: PortalBuilds | undefined;
  let told: string[];
  beforeEach(async () => {
    portalDir = await mkdtemp(join(tmpdir(), 'portal-'));
    told = [];
  });
  afterEach(async () => {
    builds?.close();
    await rm(portalDir, { recursive: true });
  });

  const write = async (file: string, text: string) => {
    await mkdir(dirname(join(portalDir, file)), { recursive: true });
    await writeFile(join(portalDir, file), text);
  };
  /** Writes the files that browsers load, in the order of the build. */
  const writeClient = async (name: string) => {
    await write(`assets/${name}.js`, 'start();');
    await write('index.html', `<script>let ${name};</script>`);
    await write('.vite/manifest.json', JSON.stringify({ 'index.html': { file: `assets/${name}.js` } }));
  };
  const writeAll = async (name: string) => {
    await writeClient(name);
    await write('ssr/render.js', name);
  };
  const empty = async () => {
    await rm(portalDir, { recursive: true });
    await mkdir(portalDir);
  };
  /** Looks only when the test does. */
  const watch = () =>
    (builds = new PortalBuilds({
      portalDir,
      onWhole: () => told.push('whole'),
      onGone: () => told.push('gone'),
      lookEveryMs: MINUTE_MS,
    }));

  it('is whole from the start where it is there', async () => {
    await writeAll('first');
    const { scripts, number } = watch();
    expect(told).toEqual(['whole']);
    expect(scripts).toEqual([expect.stringMatching(/^sha256-/)]);
    expect(number).toBe(1);
    builds?.look();
    expect(told).toEqual(['whole']);
  });

  it('is gone as soon as another one begins, which is taken when it is whole and at rest', async () => {
    await writeAll('first');
    const watched = watch();
    const former = watched.scripts;
    await empty();
    watched.look();
    expect(told).toEqual(['whole', 'gone']);
    await writeClient('second');
    watched.look();
    watched.look();
    expect(told).toEqual(['whole', 'gone']);
    expect(watched.scripts).toHaveLength(1);
    expect(watched.scripts).not.toEqual(former);
    await write('ssr/render.js', 'second');
    watched.look();
    expect(told).toEqual(['whole', 'gone']);
    watched.look();
    expect(told).toEqual(['whole', 'gone', 'whole']);
    expect(watched.number).toBe(2);
  });

  it('is not whole while a file of its manifest is missing', async () => {
    await writeAll('only');
    await rm(join(portalDir, 'assets/only.js'));
    const watched = watch();
    watched.look();
    expect(told).toEqual([]);
    await write('assets/only.js', 'start();');
    watched.look();
    expect(told).toEqual(['whole']);
  });

  it('is taken where there was none at the start', async () => {
    const watched = watch();
    expect(told).toEqual([]);
    await writeAll('first');
    watched.look();
    watched.look();
    expect(told).toEqual(['whole']);
  });

  it('is not there where it cannot be looked at', async () => {
    await writeAll('first');
    await rm(join(portalDir, 'ssr'), { recursive: true });
    // As a folder that may not be read: the error is not that there is none.
    await write('ssr', 'no folder');
    const watched = watch();
    watched.look();
    expect(told).toEqual([]);
  });
});
