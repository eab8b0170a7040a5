import type { Config } from '@pocketrocket/runtime';

/** Plays trailers, and sets no cookies before somebody does. */
const TRAILER_ORIGIN = 'https://www.youtube-nocookie.com';

/** The other origins that pages may load images from and show frames of: wider only where TMDB is asked. */
export function originsOfPages({
  imageOrigins,
  tmdbApiKey,
  tmdbImageUrl,
}: Pick<Config, 'imageOrigins' | 'tmdbApiKey' | 'tmdbImageUrl'>): {
  imageOrigins: readonly string[];
  frameOrigins: readonly string[];
} {
  return tmdbApiKey === null
    ? { imageOrigins, frameOrigins: [] }
    : { imageOrigins: [...new Set([...imageOrigins, tmdbImageUrl])], frameOrigins: [TRAILER_ORIGIN] };
}
