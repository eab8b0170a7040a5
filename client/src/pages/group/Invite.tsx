import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState, type FormEvent } from 'react';
import { graphql } from '../../gql/index.ts';
import { useSession } from '../../session/session.ts';
import { ratingsOf, useTaste } from '../../taste/taste.ts';
import { Form, SubmitButton } from '../forms/Form.tsx';
import { FormProblem } from '../forms/FormProblem.tsx';
import forms from '../forms/forms.module.css';
import { useSubmit } from '../forms/useSubmit.ts';
import pages from '../layout/pages.module.css';
import styles from './Group.module.css';
import { tokensIn } from './groupAddress.ts';
import { ownLinkStore, useOwnLink } from './ownLink.ts';
import { ShareLink } from './ShareLink.tsx';
import type { GroupMembers } from './useMembers.ts';

const CreateTasteLink = graphql(/* GraphQL */ `
  mutation CreateTasteLink($ratings: [RatingInput!], $name: String) {
    createTasteLink(ratings: $ratings, name: $name) {
      token
      link {
        ...OwnTasteLink
      }
    }
  }
`);

/** Ratings that the API takes of a visitor without an account. */
const MOST_RATINGS = 500;

/** The link to hand on, and the field for one that was handed on. */
export function Invite({ group }: { group: GroupMembers }) {
  const { session } = useSession();
  const own = useOwnLink();
  const isOwn = own !== null && own.userId === (session?.userId ?? null);
  return (
    <section className={pages.section} aria-labelledby="invite">
      <h2 id="invite">
        <Trans>Ask the others</Trans>
      </h2>
      <div className={styles.invite}>
        {group.hasTaste && (isOwn ? <ShareLink link={own} group={group} /> : <MakeLink />)}
        <PasteLink group={group} />
      </div>
    </section>
  );
}

function MakeLink() {
  const { t } = useLingui();
  const { session } = useSession();
  const taste = useTaste();
  const [create] = useMutation(CreateTasteLink);
  const { onSubmit, busy, problem } = useSubmit(async (readField) => {
    const name = readField('name').trim() || null;
    const { data } = await create({
      variables: session ? {} : { ratings: ratingsOf(taste).slice(-MOST_RATINGS), name },
      update: (cache) => void cache.evict({ id: 'ROOT_QUERY', fieldName: 'myTasteLinks' }),
    });
    if (!data) throw new Error('there is no answer');
    const { token, link } = data.createTasteLink;
    ownLinkStore.set({
      token,
      linkId: link.linkId,
      expiresAt: link.expiresAt,
      userId: session?.userId ?? null,
    });
  });
  return (
    <Form className={forms.form} aria-label={t`Your link`} onSubmit={onSubmit}>
      <p>
        {session ? (
          <Trans>
            Your link lets others put your taste into their group. It holds for seven days, and you can take
            it back at any time.
          </Trans>
        ) : (
          <Trans>
            Your link lets others put your picks into their group. The server keeps them for a day, under no
            name but the one you give.
          </Trans>
        )}
      </p>
      {!session && (
        <label>
          <Trans>What the others call you, if you like</Trans>
          <input name="name" maxLength={100} autoComplete="nickname" />
        </label>
      )}
      <FormProblem title={t`There is no link yet`} problem={problem} />
      <SubmitButton variant="primary" disabled={busy}>
        <Trans>Make my link</Trans>
      </SubmitButton>
    </Form>
  );
}

function PasteLink({ group }: { group: GroupMembers }) {
  const { t } = useLingui();
  const [isWrong, setIsWrong] = useState(false);
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get('link');
    const tokens = tokensIn(typeof text === 'string' ? text : '');
    setIsWrong(tokens.length === 0);
    if (tokens.length === 0) return;
    group.add(tokens);
    event.currentTarget.reset();
  };
  return (
    <Form className={forms.form} aria-label={t`A link that you were given`} onSubmit={add}>
      <label>
        <Trans>A link that you were given</Trans>
        <input
          name="link"
          required
          maxLength={2000}
          autoComplete="off"
          aria-invalid={isWrong || undefined}
          aria-describedby={isWrong ? 'no-link' : undefined}
        />
      </label>
      {isWrong && (
        <p id="no-link" role="alert">
          <Trans>This is no link to a taste: it ends with # and many letters. Copy it whole.</Trans>
        </p>
      )}
      <SubmitButton>
        <Trans>Add to the group</Trans>
      </SubmitButton>
    </Form>
  );
}
