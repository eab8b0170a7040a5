import { useLingui } from '@lingui/react/macro';
import { Select } from '../../components/index.ts';
import { oneOf, useAddressState } from '../../routing/addressState.ts';

const ALL = '';

interface GenreSelectProps {
  genres: readonly string[];
  /** Null stands for all genres. */
  onChange: (genre: string | null) => void;
}

/** The choice of one genre, as the address has it, or of all. */
export function GenreSelect({ genres, onChange }: GenreSelectProps) {
  const { t } = useLingui();
  const { search } = useAddressState();
  return (
    <Select
      label={t`Genre`}
      value={oneOf([ALL, ...genres], search.get('genre'))}
      options={{ [ALL]: t`All genres`, ...Object.fromEntries(genres.map((name) => [name, name])) }}
      onChange={(genre) => onChange(genre || null)}
    />
  );
}
