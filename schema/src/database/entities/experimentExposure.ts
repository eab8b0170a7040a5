import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Length of the names of experiments and arms. */
export const EXPERIMENT_NAME_LENGTH = 40;

/** That a user was shown a list by an experiment's arm; once per user and day. */
@Entity('experiment_exposure')
@Index('experiment_exposure_by_user', ['userId'])
export class ExperimentExposureEntity {
  @PrimaryColumn({ type: 'varchar', length: EXPERIMENT_NAME_LENGTH })
  experiment!: string;

  @PrimaryColumn({ type: 'int' })
  userId!: number;

  /** Days since 1970, UTC. */
  @PrimaryColumn({ type: 'int' })
  day!: number;

  /** Of the day's first list. */
  @Column({ type: 'varchar', length: EXPERIMENT_NAME_LENGTH })
  arm!: string;

  /** Version of the model that made the list; null where none did. */
  @Column({ type: 'int', nullable: true })
  modelVersion!: number | null;

  @Column({ type: 'int' })
  shownAtSeconds!: number;
}
