import { memo, useMemo, useRef, useState } from 'react';
import { useLingui } from '@lingui/react/macro';
import { useGenreWords } from '../texts/useGenreWords.ts';
import { useNearViewport } from './nearViewport.ts';
import { designPoster, posterArt, type PosterFilm } from './poster.ts';
import styles from './Poster.module.css';

interface PosterProps {
  title: string;
  year?: number | null;
  genres: readonly string[];
  /** A real poster; the generated one stands in where it is missing or does not load. */
  posterUrl?: string | null;
  /** Draws the art at once instead of near the viewport. */
  eager?: boolean;
  /** The title stands beside the poster as well: hides the poster's own from screen readers. */
  decorative?: boolean;
}

/** A film's poster, as wide as its place, 2:3. */
export function Poster({ posterUrl, ...film }: PosterProps) {
  const { t } = useLingui();
  const { title, genres, ...look } = film;
  const [brokenUrl, setBrokenUrl] = useState<string>();
  if (!posterUrl || posterUrl === brokenUrl)
    return <GeneratedPoster {...look} title={title} genreKey={genres.join('|')} />;
  return (
    <img
      className={styles.image}
      src={posterUrl}
      alt={film.decorative ? '' : t`Poster of ${title}`}
      width={400}
      height={600}
      loading={film.eager ? 'eager' : 'lazy'}
      decoding="async"
      // An image rendered by the server may have failed before anything listened.
      ref={(image) => {
        if (image?.complete && image.naturalWidth === 0) setBrokenUrl(posterUrl);
      }}
      onError={() => setBrokenUrl(posterUrl)}
    />
  );
}

interface GeneratedPosterProps extends Omit<PosterProps, 'posterUrl' | 'genres'> {
  /** The film's genres in one text: callers build the list of them anew on each render. */
  genreKey: string;
}

const GeneratedPoster = memo(function GeneratedPoster(props: GeneratedPosterProps) {
  const { title, year, genreKey, eager = false, decorative = false } = props;
  const root = useRef<HTMLSpanElement>(null);
  const near = useNearViewport(root, eager);
  const { genreName } = useGenreWords();
  const film = useMemo<PosterFilm>(
    () => ({ title, year, genres: genreKey ? genreKey.split('|') : [] }),
    [title, year, genreKey],
  );
  const { motif, genre, place, lines, smallScale, ground, text } = useMemo(() => designPoster(film), [film]);
  const art = useMemo(() => (near ? posterArt(film) : undefined), [near, film]);
  return (
    <span
      ref={root}
      className={styles.poster}
      style={{ '--ground': ground, '--text': text, '--small': smallScale }}
      data-place={place}
      aria-hidden={decorative || undefined}
    >
      {art !== undefined && (
        <svg
          className={styles.art}
          viewBox="0 0 400 600"
          aria-hidden="true"
          focusable="false"
          dangerouslySetInnerHTML={{ __html: art }}
        />
      )}
      <span className={styles.title} data-voice={motif.voice} data-align={motif.align}>
        {lines.map((line, index) => (
          <span key={index} className={styles.line} style={{ '--size': `${(line.size / 4).toFixed(2)}cqw` }}>
            {line.text}{' '}
          </span>
        ))}
      </span>
      <span className={styles.foot}>
        <span>{year}</span> <span className={styles.genre}>{genre !== null && genreName(genre)}</span>
      </span>
    </span>
  );
});
