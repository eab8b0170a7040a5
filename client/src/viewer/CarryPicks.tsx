import { useApolloClient } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { Dialog, DialogActions } from '../components/controls/Dialog.tsx';
import { Button, ErrorState, showToast } from '../components/index.ts';
import { refreshSoon } from '../live/refreshLists.ts';
import { browserStorage } from '../state/storedState.ts';
import { ratingsOf, tasteStore, useTaste, type Taste } from '../taste/taste.ts';
import { carryRatings } from './carryRatings.ts';

const askedKey = (userId: number) => `pocketrocket.carried.${userId}`;

/** Asks somebody who has just signed in, once, whether what was picked before becomes ratings of the account. */
export function CarryPicks({ userId }: { userId: number }) {
  const taste = useTaste();
  // As it was at the sign-in: what is picked later is asked about no more.
  const [before] = useState<Taste | null>(() =>
    ratingsOf(taste).length > 0 && !browserStorage()?.getItem(askedKey(userId)) ? taste : null,
  );
  return before && <Question userId={userId} taste={before} />;
}

function Question({ userId, taste }: { userId: number; taste: Taste }) {
  const client = useApolloClient();
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const ratings = ratingsOf(taste);

  const answered = () => browserStorage()?.setItem(askedKey(userId), 'asked');

  const carry = async () => {
    setIsBusy(true);
    setHasFailed(false);
    try {
      await carryRatings(client, ratings);
      answered();
      tasteStore.startOver();
      refreshSoon(client, userId);
      dialog.current?.close();
      showToast({ text: t`What you picked is among your ratings now.` });
    } catch {
      setHasFailed(true);
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <Dialog ref={dialog} title={<Trans>Take your picks along?</Trans>} width="30rem" onClose={answered}>
      <p>
        <Plural
          value={ratings.length}
          one="You picked # film before you signed in. It becomes a rating of your account: five stars where you liked it."
          other="You picked # films before you signed in. They become ratings of your account: five stars for each that you liked."
        />
      </p>
      {hasFailed && (
        <ErrorState
          title={t`They were not saved`}
          message={t`The server did not take them. Try again in a moment.`}
        />
      )}
      <DialogActions>
        <Button variant="primary" disabled={isBusy} onClick={() => void carry()}>
          {isBusy ? <Trans>Please wait…</Trans> : <Trans>Make them ratings</Trans>}
        </Button>
        <Button onClick={() => dialog.current?.close()}>
          <Trans>No, thanks</Trans>
        </Button>
      </DialogActions>
    </Dialog>
  );
}
