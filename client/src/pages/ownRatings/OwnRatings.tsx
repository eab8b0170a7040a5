import { useEffect, useRef } from 'react';
import {
  ButtonLink,
  Button,
  EmptyState,
  ErrorState,
  formatNumbered,
  PageHeading,
} from '../../components/index.ts';
import { ChooseFile } from './ChooseFile.tsx';
import { PastImports } from './PastImports.tsx';
import { Preview } from './Preview.tsx';
import { useOwnRatings, type OwnRatings as Own, type Step } from './useOwnRatings.ts';
import { PATHS, userPath } from '../../routing/paths.ts';
import { useSession } from '../../session/session.ts';
import styles from '../layout/pages.module.css';

/** Brings a person's ratings from elsewhere, by an exported file: choose, settle, done. */
export default function OwnRatings() {
  const own = useOwnRatings();
  const content = useFocusOnChange(own.step.name);
  return (
    <div className={styles.page}>
      <header>
        <PageHeading title="Your ratings from elsewhere">Your ratings from elsewhere</PageHeading>
        <p className={styles.lead}>Letterboxd, IMDb, Trakt and movielens.org give you a file of them.</p>
      </header>
      {own.problem !== undefined && <ErrorState title="That did not work" message={own.problem} />}
      <div ref={content} tabIndex={-1} className={styles.page}>
        <CurrentStep own={own} />
      </div>
    </div>
  );
}

/** Moves the focus to an element whenever the name changes: what had it before is gone. */
function useFocusOnChange(name: string) {
  const element = useRef<HTMLDivElement>(null);
  const before = useRef(name);
  useEffect(() => {
    if (before.current !== name) element.current?.focus({ preventScroll: true });
    before.current = name;
  }, [name]);
  return element;
}

function CurrentStep({ own }: { own: Own }) {
  const { session } = useSession();
  const { step } = own;
  switch (step.name) {
    case 'choose':
      return (
        <>
          <ChooseFile onChoose={(files) => void own.readFiles(files)} />
          {session && <PastImports onUndo={(importId) => void own.undo(importId)} />}
        </>
      );
    case 'working':
      return <Working step={step} />;
    case 'settle':
      return step.films.length === 0 ? (
        <EmptyState
          title="There are no ratings in this file."
          action={<Button onClick={own.startOver}>Choose another file</Button>}
        >
          Choose the file of ratings, or the whole export.
        </EmptyState>
      ) : (
        <Preview
          own={step.own}
          films={step.films}
          signedIn={session !== null}
          onChoose={own.choose}
          onSave={(withHearts) => void own.save(withHearts)}
          onStartOver={own.startOver}
        />
      );
    case 'done':
      return <Done step={step} />;
    case 'undone':
      return (
        <EmptyState
          title={`${formatNumbered(step.restored, 'rating')} taken back.`}
          action={<Button onClick={own.startOver}>Choose a file</Button>}
        >
          {step.kept > 0 &&
            `${formatNumbered(step.kept, 'rating')} stay, as you have changed them since or a later import has them too.`}
        </EmptyState>
      );
  }
}

const WORK = {
  reading: 'Looking for your films',
  storing: 'Storing your ratings',
  undoing: 'Taking your ratings back',
} as const;

function Working({ step: { what, done, total } }: { step: Extract<Step, { name: 'working' }> }) {
  return (
    <p role="status">
      {WORK[what]}
      {total > 0 ? `: ${done} of ${total}` : ''}…
    </p>
  );
}

function Done({ step: { counts, undo } }: { step: Extract<Step, { name: 'done' }> }) {
  const { session } = useSession();
  const rest = [
    counts.unchanged > 0 && `${counts.unchanged} were there already.`,
    counts.kept > 0 && `${counts.kept} stay as they are: you rated them later here.`,
  ].filter(Boolean);
  return (
    <div role="status">
      <EmptyState
        title={`${formatNumbered(counts.stored, 'rating')} taken over.`}
        action={
          <>
            <ButtonLink variant="primary" to={session ? userPath(session.userId) : PATHS.home}>
              See my films
            </ButtonLink>
            <Button onClick={() => void undo()}>Undo</Button>
          </>
        }
      >
        {rest.join(' ')}
      </EmptyState>
    </div>
  );
}
