import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { showToast } from '../../components/index.ts';
import { useRateFilm } from '../../session/useRateFilm.ts';

interface Film {
  movieId: number;
  title: string;
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
  /** Counts until the list has another rating. */
  const [choice, setChoice] = useState<{ value: number | null; before: number }>();
  const save = async (value: number | null) => {
    setChoice({ value, before: stored });
    const outcome = await rateFilm(film, value);
    if (outcome === 'failed') setChoice(undefined);
  };
  return {
    value: choice?.before === stored ? choice.value : stored,
    change: (rating) => void save(rating),
    takeBack() {
      void save(null);
      showToast({ text: t`Your rating of ${film.title} is taken back.`, undo: () => void save(stored) });
    },
  };
}
