import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { showToast } from '../../components/index.ts';
import { pendingRatings } from '../../session/pendingRatings.ts';
import { useSession } from '../../session/session.ts';
import { useRateFilm } from '../../session/useRateFilm.ts';

interface Film {
  movieId: number;
  title: string;
}

interface Choice {
  /** Null where the rating is taken back. */
  value: number | null;
  /** The list's rating at that time. */
  before: number;
}

interface OwnRating {
  /** The rating as the visitor has chosen it, stored or about to be; null where it is taken back. */
  value: number | null;
  change: (rating: number) => void;
  /** Takes the rating back, with the way to undo that. */
  takeBack: () => void;
}

/** A rating of the visitor's, changed at once and stored behind; as it was where that fails. @param stored as the list has it */
export function useOwnRating(film: Film, stored: number): OwnRating {
  const { t } = useLingui();
  const rateFilm = useRateFilm();
  const { session } = useSession();
  /** Counts until the list has another rating. */
  const [choice, setChoice] = useState<Choice | undefined>(() => {
    // One that is still to be sent, the list does not have.
    const waiting = session && pendingRatings.ofFilm(session.userId, film.movieId);
    return waiting ? { value: waiting.rating, before: stored } : undefined;
  });
  const value = choice?.before === stored ? choice.value : stored;
  const save = async (next: number | null) => {
    setChoice({ value: next, before: stored });
    const outcome = await rateFilm(film, next);
    if (outcome === 'failed') setChoice(choice);
    return outcome;
  };
  return {
    value,
    change: (rating) => void save(rating),
    takeBack() {
      const close = showToast({
        text: t`Your rating of ${film.title} is taken back.`,
        undo: () => void save(value),
      });
      void save(null).then((outcome) => outcome === 'failed' && close());
    },
  };
}
