import { Plural, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { Select } from '../../components/index.ts';
import { useAddressState } from '../../routing/addressState.ts';
import { useAddressText } from '../../search/useAddressText.ts';
import { GenreSelect } from '../filmList/GenreSelect.tsx';
import { ratingOrderOf, useRatingOrders } from '../filmList/ratingOrders.ts';
import pages from '../layout/pages.module.css';
import styles from './MyRatings.module.css';
import { DECADES, decadeOf, starsOf, TEXT_PARAM } from './ratingsAddress.ts';

interface RatingsFiltersProps {
  genres: readonly string[];
  /** The number of ratings that pass; undefined while it is not known. */
  found: number | undefined;
}

/** Sorts and narrows the list of ratings; all of it stands in the address. */
export function RatingsFilters({ genres, found }: RatingsFiltersProps) {
  const { t } = useLingui();
  const { search, updateSearch } = useAddressState();
  const orders = useRatingOrders();
  const change = (changes: Record<string, string | null>) => updateSearch({ ...changes, shown: null });
  return (
    <div className={styles.filters} role="search" aria-label={t`Your ratings`}>
      <TitleField />
      <div className={`${pages.controls} ${styles.choices}`}>
        <Select
          label={t`Sort by`}
          value={ratingOrderOf(search)}
          options={orders}
          onChange={(order) => change({ order: order === 'RATED_AT_DESC' ? null : order })}
        />
        <Select
          label={t`Stars`}
          value={starsOf(search)}
          options={
            new Map([
              ['', t`Any`],
              ['5', '5'],
              ['4', t`4 to 4.5`],
              ['3', t`3 to 3.5`],
              ['2', t`2 to 2.5`],
              ['low', t`Below 2`],
            ] as const)
          }
          onChange={(stars) => change({ stars: stars || null })}
        />
        <GenreSelect genres={genres} onChange={(genre) => change({ genre })} />
        <DecadeSelect value={decadeOf(search)} onChange={(decade) => change({ decade: decade || null })} />
      </div>
      <p role="status" className={styles.soft}>
        {found === undefined ? <>&nbsp;</> : <Plural value={found} one="# rating" other="# ratings" />}
      </p>
    </div>
  );
}

function DecadeSelect(props: { value: (typeof DECADES)[number]; onChange: (decade: string) => void }) {
  const { t } = useLingui();
  const words = (decade: (typeof DECADES)[number]) => {
    if (decade === '') return t`Any`;
    return decade === 'before' ? t`Before 1950` : t`${decade}s`;
  };
  const options = new Map(DECADES.map((decade) => [decade, words(decade)]));
  return <Select label={t`Decade`} value={props.value} options={options} onChange={props.onChange} />;
}

/** The field for a part of a title; asks once for each pause in typing. */
function TitleField() {
  const { t } = useLingui();
  const id = useId();
  const [typed, setTyped] = useAddressText(TEXT_PARAM, { shown: null });
  return (
    <p className={styles.search}>
      <label htmlFor={id}>{t`Title`}</label>
      <input
        id={id}
        type="search"
        value={typed}
        maxLength={200}
        placeholder={t`Look for a film`}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </p>
  );
}
