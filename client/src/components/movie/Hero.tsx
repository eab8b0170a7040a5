import { Plural, Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Poster } from '../../posters/Poster.tsx';
import { moviePath } from '../../routing/paths.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { ButtonLink } from '../controls/Button.tsx';
import { GenreChips } from '../genre/GenreChips.tsx';
import styles from './Hero.module.css';
import type { MovieItem, MovieSummary } from './MovieCard.tsx';
import { ReasonLine, type ReasonSubject } from './Reasons.tsx';

interface HeroProps extends MovieItem {
  /** The line above the title: what the pick is, such as "Tonight’s pick for you". */
  eyebrow: string;
  subject?: ReasonSubject;
  /** Further things to do with the film, beside the link to its page. */
  actions?: ReactNode;
}

/** One strong pick with its reason. */
export function Hero({ eyebrow, movie, reasons = [], note, subject, actions }: HeroProps) {
  return (
    <section className={styles.hero}>
      <div className={styles.words}>
        <p className={styles.eyebrow}>{eyebrow}</p>
        <h2 className={styles.title}>{movie.title}</h2>
        <HeroFacts movie={movie} />
        <div className={styles.reason}>
          {reasons.length > 0 ? (
            <ReasonLine reasons={reasons} subject={subject} title={movie.title} />
          ) : (
            note && <p>{note}</p>
          )}
        </div>
        <GenreChips genres={movie.genres} />
        <div className={styles.actions}>
          <ButtonLink variant="primary" to={moviePath(movie.movieId)}>
            <Trans>
              See the film<span className="visually-hidden"> {movie.title}</span>
            </Trans>
          </ButtonLink>
          {actions}
        </div>
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

function HeroFacts({
  movie: { releaseYear, averageRating, weightedRating, ratingCount },
}: {
  movie: MovieSummary;
}) {
  const { formatMean } = useFormats();
  return (
    <p className={styles.facts}>
      {releaseYear ? <span>{releaseYear}</span> : null}
      {averageRating !== null && (
        <span>
          <span aria-hidden="true" className={styles.star}>
            ★{' '}
          </span>
          <Trans>
            {formatMean(weightedRating)}
            <span className="visually-hidden"> out of 5 stars</span>
          </Trans>
        </span>
      )}
      <span>
        <Plural value={ratingCount} one="# rating" other="# ratings" />
      </span>
    </p>
  );
}
