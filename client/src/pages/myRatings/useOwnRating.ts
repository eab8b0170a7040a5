import { useApolloClient, useMutation } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { showToast } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { refreshLists } from '../../live/refreshLists.ts';

const ChangeOwnRating = graphql(/* GraphQL */ `
  mutation ChangeOwnRating($input: RateMovieInput!) {
    rateMovie(input: $input) {
      movie {
        ...RatedMovie
      }
      user {
        ...RatingUser
      }
    }
  }
`);

const TakeRatingBack = graphql(/* GraphQL */ `
  mutation TakeRatingBack($input: UnrateMovieInput!) {
    unrateMovie(input: $input) {
      movie {
        ...RatedMovie
      }
      user {
        ...RatingUser
      }
    }
  }
`);

interface OwnRating {
  /** The rating as the visitor has chosen it, stored or about to be; null where it is taken back. */
  value: number | null;
  change: (rating: number) => void;
  /** Takes the rating back, with the way to undo that. */
  takeBack: () => void;
}

/** A rating of the visitor's, changed at once and stored behind; put back, and said, where that fails. */
export function useOwnRating(userId: number, movieId: number, title: string, stored: number): OwnRating {
  const { t } = useLingui();
  const client = useApolloClient();
  const [rate] = useMutation(ChangeOwnRating);
  const [unrate] = useMutation(TakeRatingBack);
  const [chosen, setChosen] = useState<number | null>();
  // One after the other, so that the last choice is the one that stays.
  const queue = useRef(Promise.resolve());
  const latest = useRef(0);

  const save = (rating: number | null) => {
    const attempt = ++latest.current;
    setChosen(rating);
    queue.current = queue.current.then(async () => {
      // A newer choice takes its place.
      if (attempt !== latest.current) return;
      try {
        if (rating === null) await unrate({ variables: { input: { movieId } } });
        else await rate({ variables: { input: { movieId, rating } } });
        await refreshLists(client, userId);
      } catch {
        if (attempt !== latest.current) return;
        showToast({ text: t`Your rating of ${title} was not changed. Try again.`, isProblem: true });
      }
      if (attempt === latest.current) setChosen(undefined);
    });
  };

  return {
    value: chosen === undefined ? stored : chosen,
    change: save,
    takeBack() {
      save(null);
      showToast({ text: t`Your rating of ${title} is taken back.`, undo: () => save(stored) });
    },
  };
}
