/** True for the bundled sample, whose ratings are generated. */
export const isSynthetic = (dataset: string | undefined): boolean => dataset?.startsWith('sample') ?? false;
