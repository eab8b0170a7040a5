import { useLingui } from '@lingui/react/macro';
import { Select, Slider } from '../../components/index.ts';
import { useAddressState } from '../../routing/addressState.ts';
import { GenreSelect } from '../filmList/GenreSelect.tsx';
import pages from '../layout/pages.module.css';
import { ANY_AVERAGE, diversityOf, leastAverageOf, varietyInWords } from './filters.ts';

/** Narrows and varies the recommendations of the page; all of it stands in the address. */
export function RecommendedControls({ genres }: { genres: readonly string[] }) {
  const { t, i18n } = useLingui();
  const { search, updateSearch } = useAddressState();
  const diversity = diversityOf(search);
  const change = (changes: Record<string, string | null>) => updateSearch({ ...changes, recommended: null });
  return (
    <div className={pages.controls}>
      <GenreSelect genres={genres} onChange={(genre) => change({ genre })} />
      <Select
        label={t`Average rating`}
        value={leastAverageOf(search)}
        options={{
          [ANY_AVERAGE]: t`Any`,
          '3.0': t`3 and more`,
          '3.5': t`3.5 and more`,
          '4.0': t`4 and more`,
        }}
        onChange={(chosen) => change({ average: chosen || null })}
      />
      <Slider
        label={t`Variety`}
        value={diversity}
        step={0.25}
        words={i18n._(varietyInWords(diversity))}
        onChange={(chosen) => change({ diversity: chosen === 0 ? null : String(chosen) })}
      />
    </div>
  );
}
