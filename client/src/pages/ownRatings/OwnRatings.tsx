import type { MessageDescriptor } from '@lingui/core';
import { msg, plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { Button, ButtonLink, EmptyState, PageHeading } from '../../components/index.ts';
import { FormProblem } from '../forms/FormProblem.tsx';
import { ChooseFile } from './ChooseFile.tsx';
import { PastImports } from './PastImports.tsx';
import { Preview } from './Preview.tsx';
import { useOwnRatings, type OwnRatings as Own, type Step } from './useOwnRatings.ts';
import { PATHS } from '../../routing/paths.ts';
import { useSession } from '../../session/session.ts';
import { OwnNav } from '../ownArea/OwnNav.tsx';
import styles from '../layout/pages.module.css';

export { privateHead as head } from '../../routing/pageQuery.ts';

/** Brings a person's ratings from elsewhere, by an exported file: choose, settle, done. */
export default function OwnRatings() {
  const { t } = useLingui();
  const { session } = useSession();
  return (
    <div className={styles.page}>
      <header>
        <PageHeading title={t`Your ratings from elsewhere`} />
        <p className={styles.lead}>
          <Trans>Letterboxd, IMDb, Trakt and movielens.org give you a file of them.</Trans>
        </p>
      </header>
      <OwnNav />
      <Steps key={session?.userId ?? 'nobody'} />
    </div>
  );
}

/** The steps of one visitor: who signs out leaves none of them to the next. */
function Steps() {
  const { t } = useLingui();
  const own = useOwnRatings();
  const content = useFocusOnChange(own.step.name);
  return (
    <>
      <FormProblem title={t`That did not work`} problem={own.problem} />
      <div ref={content} tabIndex={-1} className={styles.page}>
        <CurrentStep own={own} />
      </div>
    </>
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
  const { t } = useLingui();
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
          title={t`There are no ratings in this file.`}
          action={
            <Button onClick={own.startOver}>
              <Trans>Choose another file</Trans>
            </Button>
          }
        >
          <Trans>Choose the file of ratings, or the whole export.</Trans>
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
          title={t`${plural(step.restored, { one: '# rating taken back.', other: '# ratings taken back.' })}`}
          action={
            <Button onClick={own.startOver}>
              <Trans>Choose a file</Trans>
            </Button>
          }
        >
          {step.kept > 0 && (
            <Plural
              value={step.kept}
              one="# rating stays, as you have changed it since or a later import has it too."
              other="# ratings stay, as you have changed them since or a later import has them too."
            />
          )}
        </EmptyState>
      );
  }
}

const WORK = {
  reading: msg`Looking for your films…`,
  storing: msg`Storing your ratings…`,
  undoing: msg`Taking your ratings back…`,
} as const satisfies Record<string, MessageDescriptor>;

function Working({ step: { what, done, total } }: { step: Extract<Step, { name: 'working' }> }) {
  const { t, i18n } = useLingui();
  return (
    <div className={styles.page}>
      <p role="status">{i18n._(WORK[what])}</p>
      {total > 0 && <progress value={done} max={total} aria-label={t`${done} of ${total}`} />}
    </div>
  );
}

function Done({ step: { counts, undo } }: { step: Extract<Step, { name: 'done' }> }) {
  const { t } = useLingui();
  const { session } = useSession();
  return (
    <div role="status">
      <EmptyState
        title={t`${plural(counts.stored, { one: '# rating taken over.', other: '# ratings taken over.' })}`}
        action={
          <>
            <ButtonLink variant="primary" to={session ? PATHS.me : PATHS.home}>
              <Trans>See my films</Trans>
            </ButtonLink>
            <Button onClick={() => void undo()}>
              <Trans>Undo</Trans>
            </Button>
          </>
        }
      >
        {counts.unchanged > 0 && (
          <p>
            <Plural value={counts.unchanged} one="# was there already." other="# were there already." />
          </p>
        )}
        {counts.kept > 0 && (
          <p>
            <Plural
              value={counts.kept}
              one="# stays as it is: you rated it later here."
              other="# stay as they are: you rated them later here."
            />
          </p>
        )}
      </EmptyState>
    </div>
  );
}
