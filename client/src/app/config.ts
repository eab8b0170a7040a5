import * as v from 'valibot';

const ConfigSchema = v.object({ apiUrl: v.optional(v.pipe(v.string(), v.minLength(1)), '/graphql') });

type PortalConfig = v.InferOutput<typeof ConfigSchema>;

/**
 * The deployment's settings, as `/config.js` left them; the defaults where there is no such file.
 *
 * @throws ValiError naming the setting that does not fit.
 */
export const readConfig = (settings: unknown): PortalConfig => v.parse(ConfigSchema, settings ?? {});

/** The settings as the document carries them: in a block of JSON where the server wrote it, else by `/config.js`. */
export function settingsOf(page: { document: Document; pocketrocketConfig?: unknown }): unknown {
  return blockOf(page.document, CONFIG_BLOCK) ?? page.pocketrocketConfig;
}

/** The id of the block of JSON with the settings. */
export const CONFIG_BLOCK = 'rendered-config';

/** The content of a block of JSON; null where there is none. */
export function blockOf(page: Document, id: string): unknown {
  const block = page.getElementById(id);
  return block ? JSON.parse(block.textContent) : null;
}
