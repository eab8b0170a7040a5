import type { ReactNode } from 'react';
import { Poster } from '../../posters/Poster.tsx';
import { ButtonLink } from '../controls/Button.tsx';
import styles from './Hero.module.css';
import { moviePath } from '../../routing/paths.ts';
import type { MovieItem } from './MovieCard.tsx';
import { ReasonLine, type ReasonSubject } from './Reasons.tsx';

export interface HeroProps extends MovieItem {
  /** The line above the title: what the pick is, such as "Tonight’s pick for you". */
  eyebrow: string;
  subject?: ReasonSubject;
  headingLevel?: 1 | 2;
  /** Below the reason: a rating input, more buttons. */
  children?: ReactNode;
}

/** One strong pick with its reason. */
export function Hero({ eyebrow, movie, reasons = [], note, subject, headingLevel = 2, children }: HeroProps) {
  const Heading = headingLevel === 1 ? 'h1' : 'h2';
  return (
    <section className={styles.hero}>
      <div className={styles.words}>
        <p className={styles.eyebrow}>{eyebrow}</p>
        <Heading className={styles.title}>{movie.title}</Heading>
        <div className={styles.reason}>
          {reasons.length > 0 ? (
            <ReasonLine reasons={reasons} subject={subject} title={movie.title} />
          ) : (
            note && <p>{note}</p>
          )}
        </div>
        {children}
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
