import { Trans, useLingui } from '@lingui/react/macro';
import type { ApiScope } from '../../../gql/graphql.ts';
import { Form, SubmitButton } from '../../forms/Form.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useSubmit } from '../../forms/useSubmit.ts';
import parts from '../parts/parts.module.css';
import { useKeys, type MadeSecret } from './useKeys.ts';
import { useScopeWords } from './useScopeWords.ts';

interface CreateKeyProps {
  app: { appId: string; name: string };
  onSecret: (made: MadeSecret) => void;
}

const SCOPES = [
  'READ',
  'RECOMMEND',
  'WRITE_EVENTS',
  'WRITE_CATALOGUE',
  'ADMIN',
] as const satisfies ApiScope[];

/** Makes a key for an app: what it may do, how much, and until when. */
export function CreateKey({ app, onSecret }: CreateKeyProps) {
  const { t } = useLingui();
  const scopeWords = useScopeWords();
  const { createKey } = useKeys();
  const { onSubmit, busy, problem } = useSubmit(async (readField) => {
    const scopes = SCOPES.filter((scope) => readField(scope) === 'on');
    const expires = readField('expires');
    onSecret(
      await createKey({
        appId: app.appId,
        name: readField('name'),
        scopes,
        perSecond: wholeNumber(readField('perSecond')),
        burst: wholeNumber(readField('burst')),
        // To the end of that day.
        expiresAt: expires === '' ? null : `${expires}T23:59:59Z`,
      }),
    );
  });
  return (
    <details>
      <summary className={parts.choice}>
        <Trans>
          Make a key<span className="visually-hidden"> for {app.name}</span>
        </Trans>
      </summary>
      <Form className={parts.form} onSubmit={onSubmit} aria-label={t`A new key for ${app.name}`}>
        <label className={parts.field}>
          <Trans>Name of the key</Trans>
          <input name="name" required maxLength={100} autoComplete="off" />
        </label>
        <label className={parts.field}>
          <Trans>Units a second, the usual number if empty</Trans>
          <input name="perSecond" type="number" min={1} step={1} />
        </label>
        <label className={parts.field}>
          <Trans>Units at once, the usual number if empty</Trans>
          <input name="burst" type="number" min={1} step={1} />
        </label>
        <label className={parts.field}>
          <Trans>Holds until, for good if empty</Trans>
          <input name="expires" type="date" />
        </label>
        <fieldset className={parts.whole}>
          <legend className={parts.legend}>
            <Trans>It may</Trans>
          </legend>
          <div className={parts.choices}>
            {SCOPES.map((scope) => (
              <label key={scope} className={parts.choice}>
                <input type="checkbox" name={scope} defaultChecked={scope === 'READ'} />
                {scopeWords[scope]}
              </label>
            ))}
          </div>
        </fieldset>
        <div className={parts.whole}>
          <FormProblem title={t`The key was not made`} problem={problem} />
        </div>

        <div>
          <SubmitButton disabled={busy}>
            <Trans>Make the key</Trans>
          </SubmitButton>
        </div>
      </Form>
    </details>
  );
}

/** A field of a form as a whole number; null where it is empty. */
const wholeNumber = (text: string): number | null => (text.trim() === '' ? null : Math.trunc(Number(text)));
