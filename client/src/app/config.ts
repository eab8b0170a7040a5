import * as v from 'valibot';

const ConfigSchema = v.object({ apiUrl: v.optional(v.pipe(v.string(), v.minLength(1)), '/graphql') });

type PortalConfig = v.InferOutput<typeof ConfigSchema>;

/**
 * The deployment's settings, as `/config.js` left them; the defaults where there is no such file.
 *
 * @throws ValiError naming the setting that does not fit.
 */
export const readConfig = (settings: unknown): PortalConfig => v.parse(ConfigSchema, settings ?? {});
