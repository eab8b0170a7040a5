/** The build's manifest: the files of each source that is an entry or a chunk of its own. */
export type Manifest = Readonly<Record<string, ManifestChunk>>;

interface ManifestChunk {
  file: string;
  imports?: readonly string[];
  css?: readonly string[];
  assets?: readonly string[];
}

export interface PageFiles {
  scripts: readonly string[];
  styles: readonly string[];
}

const ENTRY = 'index.html';

/** The files that the portal needs for the page of a source, the entry's first. */
export function filesOf(manifest: Manifest, source: string): PageFiles {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const seen = new Set<string>();
  const add = (key: string) => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    for (const imported of chunk.imports ?? []) add(imported);
    scripts.add(chunk.file);
    for (const style of chunk.css ?? []) styles.add(style);
  };
  add(ENTRY);
  add(source);
  return { scripts: [...scripts], styles: [...styles] };
}

/** The files of a language's texts that are no part of any page. */
export function textsOf(manifest: Manifest, language: string): readonly string[] {
  const chunk = manifest[`src/texts/${language}.po`];
  return chunk ? [chunk.file] : [];
}

/** Faces of which nearly every page's first picture has text. */
const FIRST_FONTS = /\/(?:archivo-latin-|instrument-serif-latin-400)[^/]*\.woff2$/;

/** The font files that a page is better off asking for at once. */
export function firstFonts(manifest: Manifest): readonly string[] {
  const assets = new Set(Object.values(manifest).flatMap((chunk) => chunk.assets ?? []));
  return [...assets].filter((asset) => FIRST_FONTS.test(`/${asset}`) && !asset.includes('latin-ext'));
}
