import { Trans, useLingui } from '@lingui/react/macro';
import { Bookmark, EyeOff, Heart, Undo2 } from 'lucide-react';
import { useEffect, useId, useRef, type RefObject } from 'react';
import { Link } from 'react-router';
import { placeBeside, RatingInput, showToast, type MovieSummary } from '../components/index.ts';
import { useMarks } from '../session/marks.ts';
import { useSession } from '../session/session.ts';
import { useSignInPath } from '../session/signInPath.ts';
import { useRateFilm } from '../session/useRateFilm.ts';
import { tasteStore, useTaste } from '../taste/taste.ts';
import { useFormats } from '../texts/useFormats.ts';
import { useMarkFilm } from './useMarkFilm.ts';
import styles from './CardPanel.module.css';

interface CardPanelProps {
  movie: MovieSummary;
  /** The button that opened it, and takes the focus back. */
  opener: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** Everything that a visitor can do with a film, beside its card. */
export function CardPanel({ movie, opener, onClose }: CardPanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  const headingId = useId();
  const { session } = useSession();

  useEffect(() => {
    const [button, element] = [opener.current, panel.current];
    if (!button || !element) return;
    const stopFollowing = placeBeside(button, element);
    element.showPopover();
    element.querySelector<HTMLElement>('input:checked, input, button, a')?.focus({ preventScroll: true });
    return stopFollowing;
  }, [opener]);

  const close = () => {
    const hadFocus = panel.current?.contains(document.activeElement);
    panel.current?.hidePopover();
    if (hadFocus) opener.current?.focus({ preventScroll: true });
  };

  return (
    <div
      ref={panel}
      popover="auto"
      role="dialog"
      aria-labelledby={headingId}
      className={styles.panel}
      // The row around it moves by the same keys.
      onKeyDown={(event) => event.stopPropagation()}
      onToggle={(event) => {
        if (event.newState !== 'closed') return;
        if (document.activeElement === document.body) opener.current?.focus({ preventScroll: true });
        onClose();
      }}
    >
      <p id={headingId} className={styles.heading}>
        {movie.title}
      </p>
      {session ? <Marking movie={movie} onDone={close} /> : <Liking movie={movie} onDone={close} />}
    </div>
  );
}

interface ActionsProps {
  movie: MovieSummary;
  onDone: () => void;
}

/** For somebody who is signed in: the stars, the watchlist, and never again. */
function Marking({ movie, onDone }: ActionsProps) {
  const { t } = useLingui();
  const { formatStars } = useFormats();
  const { movieId, title } = movie;
  const marks = useMarks(movieId);
  const rate = useRateFilm();
  const { setDismissed, setOnWatchlist } = useMarkFilm();
  const rating = marks?.rating ?? null;
  const isOnWatchlist = marks?.isOnWatchlist ?? false;

  const choose = async (chosen: number | null) => {
    if ((await rate(movie, chosen)) !== 'saved') return;
    const stars = formatStars(chosen ?? 0);
    showToast({
      text:
        chosen === null
          ? t`Your rating of ${title} is taken back.`
          : t`You gave ${title} ${stars} of 5 stars.`,
      undo: () => void restore(),
    });
  };
  /** Back to how it was when it was chosen: a rating takes its film off the watchlist. */
  const restore = async () => {
    const outcome = await rate(movie, rating);
    if (isOnWatchlist && outcome === 'saved') await setOnWatchlist(movie, true);
  };
  return (
    <>
      <RatingInput legend={t`Your rating`} value={rating} onChange={(chosen) => void choose(chosen)} />
      <div className={styles.actions}>
        {rating !== null && (
          <button
            type="button"
            onClick={() => {
              onDone();
              void choose(null);
            }}
          >
            <Undo2 aria-hidden="true" />
            <Trans>Take my rating back</Trans>
          </button>
        )}
        <button
          type="button"
          aria-pressed={isOnWatchlist}
          onClick={() => {
            onDone();
            void setOnWatchlist(movie, !isOnWatchlist);
          }}
        >
          <Bookmark aria-hidden="true" fill={isOnWatchlist ? 'currentcolor' : 'none'} />
          {isOnWatchlist ? <Trans>Remove from watchlist</Trans> : <Trans>Add to watchlist</Trans>}
        </button>
        <button
          type="button"
          onClick={() => {
            onDone();
            void setDismissed(movie, !marks?.isDismissed);
          }}
        >
          <EyeOff aria-hidden="true" />
          {marks?.isDismissed ? <Trans>Suggest it again</Trans> : <Trans>Not interested</Trans>}
        </button>
      </div>
    </>
  );
}

/** For everybody else: what one likes counts at once, and the rest after signing in. */
function Liking({ movie, onDone }: ActionsProps) {
  const { t } = useLingui();
  const { picks } = useTaste();
  const signIn = useSignInPath();
  const { movieId, title } = movie;
  const isPicked = picks.some((pick) => pick.movieId === movieId);
  const toggle = () => {
    if (isPicked) tasteStore.unpick(movieId);
    else tasteStore.pick(movie);
    onDone();
    showToast({
      text: isPicked ? t`${title} is no pick of yours any more.` : t`${title} is one of your picks.`,
      undo: () => (isPicked ? tasteStore.pick(movie) : tasteStore.unpick(movieId)),
    });
  };
  return (
    <div className={styles.actions}>
      <button type="button" aria-pressed={isPicked} onClick={toggle}>
        <Heart aria-hidden="true" fill={isPicked ? 'currentcolor' : 'none'} />
        {isPicked ? <Trans>In your picks</Trans> : <Trans>I like this film</Trans>}
      </button>
      <p className={styles.invitation}>
        <Trans>
          <Link to={signIn}>Sign in</Link> to rate films, keep a watchlist and hide what you do not want.
        </Trans>
      </p>
    </div>
  );
}
