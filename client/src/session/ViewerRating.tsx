import { Trans, useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import { Link } from 'react-router';
import { Button, RatingInput } from '../components/index.ts';
import { useFormats } from '../texts/useFormats.ts';
import { useMarks } from './marks.ts';
import { useSession } from './session.ts';
import { useSignInPath } from './signInPath.ts';
import { useRateFilm } from './useRateFilm.ts';
import styles from './ViewerRating.module.css';

interface ViewerRatingProps {
  movieId: number;
  title: string;
}

/** The signed-in visitor's own stars for a film, or the way to sign in. */
export function ViewerRating(props: ViewerRatingProps) {
  const { session } = useSession();
  const signIn = useSignInPath();
  return session ? (
    <OwnStars key={session.userId} {...props} />
  ) : (
    <p className={styles.invitation}>
      <Trans>
        <Link to={signIn}>Sign in</Link> to rate this film.
      </Trans>
    </p>
  );
}

function OwnStars({ movieId, title }: ViewerRatingProps) {
  const rate = useRateFilm();
  const rating = useMarks(movieId)?.rating ?? null;
  const { t } = useLingui();
  const { formatStars } = useFormats();
  const place = useRef<HTMLDivElement>(null);
  return (
    <div className={styles.rating} ref={place}>
      <RatingInput
        legend={t`Your rating of ${title}`}
        value={rating}
        onChange={(chosen) => void rate({ movieId, title }, chosen)}
      />
      {rating !== null && (
        <Button
          onClick={() => {
            void rate({ movieId, title }, null);
            // The button goes; the focus stays with the rating.
            place.current?.querySelector('input')?.focus();
          }}
        >
          <Trans>Remove my rating</Trans>
        </Button>
      )}
      <p role="status" className="visually-hidden">
        {rating === null ? t`Not rated` : t`You rated it ${formatStars(rating)} out of 5 stars`}
      </p>
    </div>
  );
}
