const REDISTRIBUTION_NEEDS_PERMISSION =
  'research use; not to be passed on, and not to be used commercially, without permission';
const REDISTRIBUTION_UNDER_THE_SAME_TERMS =
  'research use; may be passed on under the same terms; not to be used commercially without permission';

/** The data sets that can be fetched by name, with what their licence comes down to and where it stands. */
export const MOVIELENS_DATASETS = {
  'ml-latest-small': { licence: REDISTRIBUTION_UNDER_THE_SAME_TERMS, readme: 'ml-latest-small-README.html' },
  'ml-latest': { licence: REDISTRIBUTION_UNDER_THE_SAME_TERMS, readme: 'ml-latest-README.html' },
  'ml-32m': { licence: REDISTRIBUTION_UNDER_THE_SAME_TERMS, readme: 'ml-32m-README.html' },
  'ml-25m': { licence: REDISTRIBUTION_UNDER_THE_SAME_TERMS, readme: 'ml-25m-README.html' },
  'ml-10m': { licence: REDISTRIBUTION_NEEDS_PERMISSION, readme: 'ml-10m-README.html' },
  'ml-1m': { licence: REDISTRIBUTION_NEEDS_PERMISSION, readme: 'ml-1m-README.txt' },
  'ml-100k': { licence: REDISTRIBUTION_NEEDS_PERMISSION, readme: 'ml-100k-README.txt' },
} as const;

export type MovieLensName = keyof typeof MOVIELENS_DATASETS;

export function isMovieLensName(name: string): name is MovieLensName {
  return Object.hasOwn(MOVIELENS_DATASETS, name);
}
