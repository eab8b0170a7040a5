import { useLingui } from '@lingui/react/macro';
import { Select } from '../../components/index.ts';
import { useAddressState } from '../../routing/addressState.ts';
import { useGenreWords } from '../../texts/useGenreWords.ts';

const ALL = '';

interface GenreSelectProps {
  genres: readonly string[];
  /** Null stands for all genres. */
  onChange: (genre: string | null) => void;
}

/** The choice of one genre, as the address has it, or of all. */
export function GenreSelect({ genres, onChange }: GenreSelectProps) {
  const { t } = useLingui();
  const { genreName, byGenreName } = useGenreWords();
  const { search } = useAddressState();
  const asked = search.get('genre') ?? ALL;
  // One that there is none of, too: shown as "all genres" it could not be taken off.
  const names = new Set([...genres, asked]);
  names.delete(ALL);
  return (
    <Select
      label={t`Genre`}
      value={asked}
      options={
        new Map([
          [ALL, t`All genres`],
          ...byGenreName([...names]).map((name) => [name, genreName(name)] as const),
        ])
      }
      onChange={(genre) => onChange(genre || null)}
    />
  );
}
