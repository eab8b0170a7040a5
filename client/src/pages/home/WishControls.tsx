import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Dices } from 'lucide-react';
import { Button, Select, Slider } from '../../components/index.ts';
import styles from './Home.module.css';
import { MOODS, moodsFor, type Mood } from './moods.ts';
import type { Audience } from './rowQueries.ts';
import { useSurprise } from './useSurprise.ts';
import type { AddressedWishes } from './useWishes.ts';

interface WishControlsProps {
  audience: Audience;
  genres: readonly string[];
  wishes: AddressedWishes;
}

const VARIETY_STEP = 0.25;

/** Mood and variety of the visitor's list, and a film that chance chooses from it. */
export function WishControls({ audience, genres, wishes }: WishControlsProps) {
  const { t, i18n } = useLingui();
  const { draw, isDrawing, hasFailed } = useSurprise(audience, wishes);
  const moods = Object.fromEntries(moodsFor(genres).map((mood) => [mood, i18n._(MOODS[mood])])) as Record<
    Mood,
    string
  >;
  return (
    <section className={styles.wishes} aria-label={t`What you are in the mood for`}>
      <Select
        label={t`Mood`}
        value={wishes.mood}
        options={moods}
        onChange={(mood) => wishes.wish({ mood })}
      />
      <Slider
        label={t`Variety`}
        value={wishes.diversity}
        step={VARIETY_STEP}
        words={i18n._(varietyWords(wishes.diversity))}
        onChange={(diversity) => wishes.wish({ diversity })}
      />
      <Button onClick={() => void draw()} aria-disabled={isDrawing}>
        <Dices aria-hidden="true" size={18} />
        {wishes.surprise === null ? <Trans>Surprise me</Trans> : <Trans>Surprise me again</Trans>}
      </Button>
      <p role="status" className={styles.failed}>
        {hasFailed && <Trans>No film could be drawn. Try again in a moment.</Trans>}
      </p>
    </section>
  );
}

function varietyWords(diversity: number): MessageDescriptor {
  if (diversity === 0) return msg`Closest to my taste`;
  if (diversity < 0.5) return msg`A little variety`;
  if (diversity < 1) return msg`More variety`;
  return msg`Most variety`;
}
