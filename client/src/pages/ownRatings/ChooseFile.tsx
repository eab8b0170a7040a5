import { Trans } from '@lingui/react/macro';
import { useId, useState, type DragEvent } from 'react';
import styles from './OwnRatings.module.css';

/** A field for the export's file, which may also be dropped on it, or all files of its folder. */
export function ChooseFile({ onChoose }: { onChoose: (files: readonly File[]) => void }) {
  const id = useId();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) onChoose(files);
  };
  return (
    <div
      className={styles.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor={id}>
        <Trans>
          <strong>Your export</strong>: a .zip, .csv or .json file, or several
        </Trans>
      </label>
      <input
        id={id}
        type="file"
        multiple
        accept=".zip,.csv,.json,.txt,text/csv,application/json,application/zip"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file can be chosen again.
          event.currentTarget.value = '';
          if (files.length > 0) onChoose(files);
        }}
      />
      <ul className={styles.hints}>
        <li>
          <Trans>Letterboxd: Settings, Data, Export your data (the .zip file as it is)</Trans>
        </li>
        <li>
          <Trans>IMDb: Your ratings, Export (.csv)</Trans>
        </li>
        <li>
          <Trans>Trakt: Settings, Data, Export (.json, .csv or .zip)</Trans>
        </li>
        <li>
          <Trans>movielens.org: About your ratings, Export (.csv)</Trans>
        </li>
      </ul>
      <p>
        <Trans>
          The file is read in this browser; titles and ids are looked up, the file itself is not sent.
        </Trans>
      </p>
    </div>
  );
}
