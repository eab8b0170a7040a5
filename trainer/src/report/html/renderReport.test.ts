import { beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { emptyReport, fullReport, HOSTILE_TITLE } from '../../test/runReports.ts';
import { readPageAssets } from './pageAssets.ts';
import { renderReport } from './renderReport.ts';
import type { PageAssets } from './renderReport.ts';
import { runReportSchema } from './reportData.ts';

let assets: PageAssets;
beforeAll(async () => {
  assets = await readPageAssets();
});

const markupWithoutScripts = (page: string): string => page.replace(/<script[^>]*>[\s\S]*?<\/script>/g, '');

describe('the page of a report', () => {
  it('escapes titles wherever they stand', () => {
    const page = renderReport(fullReport(), assets);
    // The data block, the library, the page's script: a title that ended one early would leave a fourth.
    expect(page.match(/<\/script>/g)).toHaveLength(3);
    expect(markupWithoutScripts(page)).not.toContain('<img');
    expect(markupWithoutScripts(page)).toContain(
      '&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;Sons&#39;',
    );
    const [, json = ''] = /id="charts">([\s\S]*?)<\/script>/.exec(page) ?? [];
    expect(JSON.stringify(JSON.parse(json))).toContain(JSON.stringify(HOSTILE_TITLE).slice(1, -1));
  });

  it('asks for nothing from elsewhere and lets only its own scripts and style run', () => {
    const page = renderReport(fullReport(), assets);
    expect(markupWithoutScripts(page)).not.toMatch(/<[^<>]*\s(?:src|srcset|style)=|href="(?!#)|<link/);
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect(policy).toContain('default-src &#39;none&#39;');
    for (const text of [assets.script, assets.chartLibrary, assets.style]) {
      expect(policy).toContain(createHash('sha256').update(text).digest('base64'));
      expect(page).toContain(`>${text}</`);
    }
    expect(policy).not.toMatch(/unsafe|https?:/);
  });

  it('says why a section is empty', () => {
    const page = markupWithoutScripts(renderReport(emptyReport(), assets));
    for (const reason of [
      'There are no ratings.',
      'the model does not state any',
      'No loss was recorded',
      'Nothing was measured',
      'This run measured no ablation',
      'No lists were made',
      'too few movies',
      'No user has rated',
    ]) {
      expect(page).toContain(reason);
    }
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('puts the figures beside the charts as tables', () => {
    const page = markupWithoutScripts(renderReport(fullReport(), assets)).replace(/\s+/g, ' ');
    for (const text of [
      '0.4300 [0.400, 0.460]',
      'nDCG@10',
      '−0.0210',
      'without',
      'popularity bias',
      'the model beats popularity',
      'learning rate',
      '4–7',
    ]) {
      expect(page).toContain(text);
    }
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('is made again, byte for byte, from the JSON that was kept', () => {
    const report = fullReport();
    const kept = runReportSchema.parse(JSON.parse(JSON.stringify(report)));
    expect(renderReport(kept, assets)).toBe(renderReport(report, assets));
  });
});
