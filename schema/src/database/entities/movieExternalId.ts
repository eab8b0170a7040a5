import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { EXTERNAL_ID_LENGTH, NAMESPACE_LENGTH } from './userExternalId.ts';

/**
 * The number by which a movie is known here, for ids that are no plain numbers; see `UserExternalIdEntity`. Several ids may stand for one
 * movie: each namespace has its own.
 */
@Entity('movie_external_id')
export class MovieExternalIdEntity {
  @PrimaryColumn({ type: 'varchar', length: NAMESPACE_LENGTH })
  namespace!: string;

  @PrimaryColumn({ type: 'varchar', length: EXTERNAL_ID_LENGTH })
  externalId!: string;

  @Index('movie_external_id_by_movie')
  @Column({ type: 'int' })
  movieId!: number;
}
