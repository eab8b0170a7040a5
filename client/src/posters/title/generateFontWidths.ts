/**
 * Measures the title fonts in Chromium and writes `fontWidths.ts`. Run it when a voice or a font's version changes:
 *
 *     CHROMIUM_PATH=/usr/bin/chromium npx tsx client/src/posters/title/generateFontWidths.ts
 *
 * Accented letters are measured with their base letter: a slot holds the widest of the two, so no accent is ever cut.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { VOICES } from './voices.ts';

const ASCII = Array.from({ length: 95 }, (_, offset) => String.fromCharCode(32 + offset));
const EXTRA = [...'¡¢£§©®°²³·¹¿½¼¾ÆÐØÞßæðøþĐđıŁłŒœ–—‘’“”…€™'];
const CHARACTERS = [...ASCII, ...EXTRA];

const FILES = [
  ['Archivo Variable', '@fontsource-variable/archivo/files/archivo-latin-wdth-normal.woff2'],
  ['Archivo Variable', '@fontsource-variable/archivo/files/archivo-latin-ext-wdth-normal.woff2'],
  ['Instrument Serif', '@fontsource/instrument-serif/files/instrument-serif-latin-400-normal.woff2'],
  ['Instrument Serif', '@fontsource/instrument-serif/files/instrument-serif-latin-ext-400-normal.woff2'],
] as const;

const require = createRequire(import.meta.url);

/** The font faces with their files inside, for a page without any server. */
export function fontFaceCss(): string {
  return FILES.map(([family, file]) => {
    const data = readFileSync(require.resolve(file)).toString('base64');
    const range = file.includes('latin-ext')
      ? 'U+0100-0130,U+0132-0151,U+0154-02BA'
      : 'U+0000-00FF,U+0131,U+0152-0153,U+2000-206F,U+20AC,U+2122';
    return `@font-face{font-family:'${family}';font-weight:100 900;font-stretch:62% 125%;unicode-range:${range};src:url(data:font/woff2;base64,${data}) format('woff2')}`;
  }).join('\n');
}

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'],
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
await page.setContent(
  `<style>${fontFaceCss()}</style><span id="probe" style="font-size:1000px;white-space:pre"></span>`,
);

const accented = Array.from({ length: 0x17f - 0xc0 + 1 }, (_, offset) => String.fromCharCode(0xc0 + offset));
const formsOf = (base: string) => [base, ...accented.filter((letter) => letter.normalize('NFD')[0] === base)];

const tables: string[] = [];
for (const [name, voice] of Object.entries(VOICES)) {
  const widths = await page.evaluate(
    async ({ voice, forms }) => {
      await document.fonts.load(`${voice.weight} 40px "${voice.family}"`, 'Aé');
      await document.fonts.load(`${voice.weight} 40px "${voice.family}"`, 'ł');
      const probe = document.querySelector<HTMLElement>('#probe');
      if (!probe) throw new Error('the page has lost its probe');
      Object.assign(probe.style, {
        fontFamily: `"${voice.family}"`,
        fontWeight: String(voice.weight),
        fontStretch: `${voice.stretch}%`,
      });
      return forms.map((letters) =>
        letters.reduce((widest, letter) => {
          probe.textContent = letter;
          return Math.max(widest, Math.ceil(probe.getBoundingClientRect().width));
        }, 0),
      );
    },
    { voice, forms: CHARACTERS.map(formsOf) },
  );
  tables.push(`  ${name}: [${widths.join(', ')}],`);
}
await browser.close();

writeFileSync(
  new URL('fontWidths.ts', import.meta.url),
  `// Written by generateFontWidths.ts.
import type { VoiceName } from './voices.ts';

export const MEASURED_CHARACTERS = ${JSON.stringify(CHARACTERS.join(''))};

/** Advance widths in thousandths of an em, in the order of the characters. */
export const FONT_WIDTHS: Readonly<Record<VoiceName, readonly number[]>> = {
${tables.join('\n')}
};
`,
);
