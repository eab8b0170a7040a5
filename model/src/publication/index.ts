/** Publication: the pointer on disk changes, and Redis follows. */
export { changePublished, readPublished, type PublicationDeps, type Published } from './changePublished.ts';
export { releasesOnDisk } from './releasesOnDisk.ts';
export { restoreInRedis, type Restored, type RestoreOptions } from './restoreInRedis.ts';
export { attributesOfMovies, type DescribedMovie } from './movieAttributes.ts';
export { publishByHand, rollBackByHand, type VersionChange } from './changeVersion.ts';
