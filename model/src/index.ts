/** A trained model outside of a process, and how it gets in. Artifacts, Redis and SavedModels have entries of their own. */
export * from './serving/index.ts';
