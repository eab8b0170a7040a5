/** Addresses of the portal's pages, as the components link to them. */
export const moviePath = (movieId: number): string => `/movie/${movieId}`;
export const userPath = (userId: number): string => `/user/${userId}`;
export const collectionPath = (genre: string): string => `/collection/${encodeURIComponent(genre)}`;
