import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { EXTERNAL_ID_LENGTH, NAMESPACE_LENGTH } from './userExternalId.ts';

/** Own numbers of movies that apps add are from here on: no id of a data set is given one of them. */
export const FIRST_OVERLAY_MOVIE_ID = 2_000_000_000;

/** Length of an overview in characters. */
export const MAX_OVERVIEW_LENGTH = 5_000;

/** Begins the namespaces of the ids that apps give. */
export const APP_NAMESPACES = 'app:';

/** The namespace of the ids that an app gives. */
export function namespaceOfApp(appId: string): string {
  return APP_NAMESPACES + appId;
}

export function appOfNamespace(namespace: string): string {
  return namespace.slice(APP_NAMESPACES.length);
}

/**
 * A movie as an app has described it; it belongs to no data set and outlives them all. What is visible stands in `movie` and its tables
 * too, which an import makes anew from here.
 */
@Entity('overlay_movie')
@Index('overlay_movie_by_movie', ['movieId', 'isHidden'])
export class OverlayMovieEntity {
  /** The app that gave the id; see `namespaceOfApp`. */
  @PrimaryColumn({ type: 'varchar', length: NAMESPACE_LENGTH })
  namespace!: string;

  @PrimaryColumn({ type: 'varchar', length: EXTERNAL_ID_LENGTH })
  externalId!: string;

  /** Its own number, or that of the movie which it was found to be. */
  @Column({ type: 'int' })
  movieId!: number;

  /** 1 if the movie is made from this row; 0 if this is another name of a movie of the data set or of another app. */
  @Column({ type: 'int' })
  isOwner!: number;

  /** 1 from when it is deleted until it is written again. */
  @Column({ type: 'int', default: 0 })
  isHidden!: number;

  /** The version of the catalogue that the last change made; see `CatalogueStateEntity`. */
  @Index('overlay_movie_by_version')
  @Column({ type: 'int' })
  version!: number;

  @Column({ type: 'varchar', length: 300 })
  title!: string;

  @Column({ type: 'simple-json' })
  alternativeTitles!: string[];

  @Column({ type: 'int', nullable: true })
  releaseYear!: number | null;

  /** By name. */
  @Column({ type: 'simple-json' })
  genres!: string[];

  @Column({ type: 'varchar', length: 500, nullable: true })
  posterUrl!: string | null;

  @Column({ type: 'text', nullable: true })
  overview!: string | null;

  @Column({ type: 'int', nullable: true })
  imdbId!: number | null;

  @Column({ type: 'int', nullable: true })
  tmdbId!: number | null;

  @Column({ type: 'int' })
  createdAtSeconds!: number;

  @Column({ type: 'int' })
  changedAtSeconds!: number;
}
