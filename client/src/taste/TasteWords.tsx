import { Plural, Trans } from '@lingui/react/macro';
import { PICKS_FOR_A_LIST, PICKS_WANTED, type Taste } from './taste.ts';

/** Says how far a taste has come. */
export function TasteWords({ taste }: { taste: Pick<Taste, 'picks' | 'own'> }) {
  const count = taste.picks.length;
  const numOwn = taste.own.length;
  if (numOwn > 0)
    return (
      <Plural
        value={numOwn}
        one={`${count} picked, and one of your own ratings.`}
        other={`${count} picked, and # of your own ratings.`}
      />
    );
  if (count >= PICKS_WANTED)
    return <Plural value={count} one="# picked. Your list is ready." other="# picked. Your list is ready." />;
  if (count >= PICKS_FOR_A_LIST)
    return (
      <Trans>
        {count} of {PICKS_WANTED} picked. Your first list is ready; more picks improve it.
      </Trans>
    );
  if (count > 0)
    return (
      <Trans>
        {count} of {PICKS_WANTED} picked. One more for your first list.
      </Trans>
    );
  return (
    <Trans>
      {count} of {PICKS_WANTED} picked
    </Trans>
  );
}
