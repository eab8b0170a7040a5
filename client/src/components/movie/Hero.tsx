import { Poster } from '../../posters/Poster.tsx';
import { ButtonLink } from '../controls/Button.tsx';
import styles from './Hero.module.css';
import { moviePath } from '../../routing/paths.ts';
import type { MovieItem } from './MovieCard.tsx';
import { ReasonLine, type ReasonSubject } from './Reasons.tsx';

interface HeroProps extends MovieItem {
  /** The line above the title: what the pick is, such as "Tonight’s pick for you". */
  eyebrow: string;
  subject?: ReasonSubject;
}

/** One strong pick with its reason. */
export function Hero({ eyebrow, movie, reasons = [], note, subject }: HeroProps) {
  return (
    <section className={styles.hero}>
      <div className={styles.words}>
        <p className={styles.eyebrow}>{eyebrow}</p>
        <h2 className={styles.title}>{movie.title}</h2>
        <div className={styles.reason}>
          {reasons.length > 0 ? (
            <ReasonLine reasons={reasons} subject={subject} title={movie.title} />
          ) : (
            note && <p>{note}</p>
          )}
        </div>
        <ButtonLink variant="primary" to={moviePath(movie.movieId)}>
          See the film<span className="visually-hidden"> {movie.title}</span>
        </ButtonLink>
      </div>
      <div className={styles.poster}>
        <Poster
          title={movie.title}
          year={movie.releaseYear}
          genres={movie.genres.map(({ name }) => name)}
          posterUrl={movie.posterUrl}
          eager
          decorative
        />
      </div>
    </section>
  );
}
