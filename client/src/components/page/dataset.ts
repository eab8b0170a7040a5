/** Whether the data set is the bundled one, whose ratings nobody gave. */
export const isSynthetic = (dataset: string | undefined): boolean => dataset?.startsWith('sample') ?? false;
