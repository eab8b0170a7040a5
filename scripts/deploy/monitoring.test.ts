import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { DOCKER } from './files.ts';
import { itWithTool } from './tools.ts';

const MONITORING = join(DOCKER, 'monitoring');

describe('the files for Prometheus', () => {
  itWithTool('are right, rules included', 'promtool', async (run) => {
    const { status, output } = await run(
      ['check', 'config', '--lint=all', '--lint-fatal', 'prometheus.yaml'],
      MONITORING,
    );
    expect([status, output]).toEqual([0, expect.stringMatching(/SUCCESS: \d+ rules found/)]);
  });

  itWithTool('would be refused with a rule that is none', 'promtool', async (run) => {
    const folder = await mkdtemp(join(tmpdir(), 'pocketrocket-monitoring-'));
    try {
      await cp(MONITORING, folder, { recursive: true });
      const rules = join(folder, 'alerts.yaml');
      await writeFile(
        rules,
        (await readFile(rules, 'utf8')).replace('histogram_quantile(', 'histogram_quantil('),
      );
      const { status, output } = await run(['check', 'config', 'prometheus.yaml'], folder);
      expect([status, output]).toEqual([1, expect.stringContaining('unknown function')]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
