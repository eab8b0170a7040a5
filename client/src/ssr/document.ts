import { hash } from 'node:crypto';
import { CONFIG_BLOCK } from '../app/config.ts';
import { LANGUAGES, type Language } from '../texts/texts.ts';
import { DATA_BLOCK } from './adopt.ts';
import { filesOf, firstFonts, textsOf, type Manifest } from './manifest.ts';

/** The built portal that documents are made of. */
export interface PortalBuild {
  /** The page without content, as the build left it. */
  template: string;
  manifest: Manifest;
  /** Reads a file of the build. */
  read: (file: string) => string;
}

/** The contents of a document. */
export interface DocumentParts {
  language: Language;
  /** The source of the page, as the manifest names it. */
  source: string;
  /** Rendered by React, its title at the beginning. */
  app: string;
  data: unknown;
  /** The address that stands for the page, in full and without a language; null where it has none. */
  address: string | null;
  description: string;
  /** For browsers that run no scripts. */
  withoutScripts: string;
  type: string;
  indexed: boolean;
}

export interface PageDocument {
  html: string;
  /** Digests of its style elements, as a content security policy names them. */
  styles: readonly string[];
}

const PLACE = '<div id="root"></div>';
const WITHOUT_SCRIPTS = /(<p class="no-script">)[^<]*/;
const SETTINGS = '<script src="/config.js"></script>';

/** Prepares the writing of documents: what does not depend on the page is done once. */
export function documentWriter(build: PortalBuild): (parts: DocumentParts) => PageDocument {
  const { manifest } = build;
  const frame = frameOf(build.template);
  const fonts = firstFonts(manifest).map(
    (file) => `<link rel="preload" as="font" type="font/woff2" crossorigin href="/${file}">`,
  );
  const styles = stylesOf(build);

  return (parts) => {
    const files = filesOf(manifest, parts.source);
    const inline = files.styles.map(styles);
    const scripts = [...textsOf(manifest, parts.language), ...files.scripts];
    const { title, content } = withoutTitle(parts.app);
    const head = [
      title,
      ...metaOf(title, parts),
      ...fonts,
      ...inline.map(({ text }) => `<style>${text}</style>`),
      ...scripts.map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`),
    ];
    // Where the page's code looks for its style sheets, so that it waits for none of them; disabled, they are not fetched either.
    const sheets = files.styles.map((file) => `<link rel="stylesheet" disabled href="/${file}">`);
    const body = [
      `<div id="root">${content}</div>`,
      jsonBlock(CONFIG_BLOCK, { apiUrl: '/graphql' }),
      jsonBlock(DATA_BLOCK, parts.data),
      ...sheets,
    ];
    return {
      html: frame({
        language: parts.language,
        head: head.join('\n'),
        body: body.join('\n'),
        withoutScripts: escapeText(parts.withoutScripts),
      }),
      styles: inline.map(({ digest }) => digest),
    };
  };
}

interface Filling {
  language: string;
  head: string;
  body: string;
  withoutScripts: string;
}

/** The template as a function of what is filled in. */
function frameOf(template: string): (filling: Filling) => string {
  if (!template.includes(PLACE) || !template.includes(SETTINGS) || !WITHOUT_SCRIPTS.test(template))
    throw new Error('index.html has lost its #root, its /config.js or its words for who runs no scripts');
  const bare = template
    .replace(SETTINGS, '')
    .replaceAll(/\s*<link rel="(?:stylesheet|modulepreload)"[^>]*>/g, '')
    .replace(/\s*<meta name="description"[^>]*>/, '');
  return ({ language, head, body, withoutScripts }) =>
    bare
      .replace('<html lang="en"', () => `<html lang="${language}"`)
      .replace('</head>', () => `${head}\n</head>`)
      .replace(WITHOUT_SCRIPTS, (_, opening: string) => opening + withoutScripts)
      .replace(PLACE, () => body);
}

/** The text of each style sheet with its digest, read once. */
function stylesOf({ read }: PortalBuild): (file: string) => { text: string; digest: string } {
  const known = new Map<string, { text: string; digest: string }>();
  return (file) => {
    let style = known.get(file);
    if (!style) {
      const text = read(file);
      known.set(file, (style = { text, digest: `sha256-${hash('sha256', text, 'base64')}` }));
    }
    return style;
  };
}

/** React puts the title of a page before its content. */
function withoutTitle(app: string): { title: string; content: string } {
  const title = /<title>[^<]*<\/title>/.exec(app)?.[0];
  return title
    ? { title, content: app.replace(title, '') }
    : { title: '<title>PocketRocket</title>', content: app };
}

function metaOf(titleElement: string, parts: DocumentParts): string[] {
  const title = titleElement.replaceAll(/<\/?title>/g, '');
  const description = escapeText(parts.description);
  const metas = [
    `<meta name="description" content="${description}">`,
    `<meta property="og:site_name" content="PocketRocket">`,
    `<meta property="og:title" content="${title.replaceAll('"', '&quot;')}">`,
    `<meta property="og:description" content="${description}">`,
    `<meta property="og:type" content="${parts.type}">`,
    `<meta property="og:locale" content="${parts.language}">`,
    `<meta name="twitter:card" content="summary">`,
  ];
  if (!parts.indexed || parts.address === null) metas.push('<meta name="robots" content="noindex">');
  if (parts.address === null) return metas;
  const address = escapeText(parts.address);
  const origin = escapeText(new URL(parts.address).origin);
  metas.push(
    `<link rel="canonical" href="${address}">`,
    `<meta property="og:url" content="${address}">`,
    `<meta property="og:image" content="${origin}/icon-512.png">`,
    `<link rel="alternate" hreflang="x-default" href="${address}">`,
  );
  for (const language of Object.keys(LANGUAGES)) {
    const join = parts.address.includes('?') ? '&amp;' : '?';
    metas.push(`<link rel="alternate" hreflang="${language}" href="${address}${join}lang=${language}">`);
  }
  return metas;
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Data in a document: no script, and nothing in it can end the element. */
const jsonBlock = (id: string, value: unknown): string =>
  `<script type="application/json" id="${id}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`;
