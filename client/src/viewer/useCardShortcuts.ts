import { useLingui } from '@lingui/react/macro';
import { useNavigate } from 'react-router';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { marks } from '../session/marks.ts';
import { sessionStore } from '../session/session.ts';
import { useSignInPath } from '../session/signInPath.ts';
import { useMarkFilm } from './useMarkFilm.ts';

/** The film of the card that has the focus. */
interface FocusedCard {
  card: HTMLElement;
  film: { movieId: number; title: string };
}

function focusedCard(): FocusedCard | null {
  const card = document.activeElement?.closest<HTMLElement>('[data-film]');
  if (!card) return null;
  return { card, film: { movieId: Number(card.dataset['film']), title: card.dataset['title'] ?? '' } };
}

/** Keys that act on the film whose card has the focus. */
export function useCardShortcuts(): void {
  const { t } = useLingui();
  const navigate = useNavigate();
  const signIn = useSignInPath();
  const { setDismissed, setOnWatchlist } = useMarkFilm();

  /** Acts on the focused card; somebody who is not signed in is led to that. */
  const withFilm = (act: (film: FocusedCard['film']) => void) => () => {
    const focused = focusedCard();
    if (!focused) return false;
    if (sessionStore.get().session) act(focused.film);
    else void navigate(signIn);
    return true;
  };
  const step = (by: 1 | -1) => () => {
    const links = [...document.querySelectorAll<HTMLElement>('[data-card-link]')];
    const card = focusedCard()?.card;
    const place = card ? links.findIndex((link) => card.contains(link)) : by > 0 ? -1 : links.length;
    const next = links[place + by];
    if (!next) return false;
    next.focus();
    return true;
  };

  useShortcuts([
    { key: 'n', meaning: t`Next film`, act: step(1) },
    { key: 'p', meaning: t`Previous film`, act: step(-1) },
    {
      key: 'r',
      meaning: t`Rate the film`,
      act: () => {
        const opener = focusedCard()?.card.querySelector<HTMLElement>('[data-card-opener]');
        opener?.click();
        return opener !== null && opener !== undefined;
      },
    },
    {
      key: 'w',
      meaning: t`Watchlist: add or remove the film`,
      act: withFilm((film) => void setOnWatchlist(film, !marks.get(film.movieId)?.isOnWatchlist)),
    },
    {
      key: 'x',
      meaning: t`Not interested in the film`,
      act: withFilm((film) => void setDismissed(film, true)),
    },
  ]);
}
