import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('genre')
export class GenreEntity {
  @PrimaryColumn({ type: 'int' })
  genreId!: number;

  @Index('genre_by_name', { unique: true })
  @Column({ type: 'varchar', length: 60 })
  name!: string;

  @Column({ type: 'int', default: 0 })
  movieCount!: number;
}
