import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, ButtonLink } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { PATHS } from '../../routing/paths.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { FormProblem } from '../forms/FormProblem.tsx';
import styles from '../forms/forms.module.css';
import { useRevokeLink } from '../group/useRevokeLink.ts';
import pages from '../layout/pages.module.css';

export const OwnTasteLinkFragment = graphql(/* GraphQL */ `
  fragment OwnTasteLink on OwnTasteLink {
    linkId
    createdAt
    expiresAt
  }
`);

/** The links by which others put the account's taste into groups, each to be taken back. */
export function GroupLinks({ links }: { links: readonly ResultOf<typeof OwnTasteLinkFragment>[] }) {
  const { t } = useLingui();
  const { formatDay } = useFormats();
  const { takeBack, problem } = useRevokeLink();
  return (
    <section className={pages.section} aria-labelledby="group-links">
      <h2 id="group-links">
        <Trans>Links to your taste</Trans>
      </h2>
      <FormProblem title={t`The link still holds`} problem={problem} />
      {links.length === 0 ? (
        <p>
          <Trans>None holds. You make one where you watch films together.</Trans>
        </p>
      ) : (
        <ul className={styles.rows}>
          {links.map(({ linkId, createdAt, expiresAt }) => (
            <li key={linkId}>
              <Trans>
                Made on {formatDay(createdAt)}, holds until {formatDay(expiresAt)}
              </Trans>
              <Button onClick={() => void takeBack(linkId)}>
                <Trans>
                  Take back<span className="visually-hidden"> the link made on {formatDay(createdAt)}</span>
                </Trans>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p>
        <ButtonLink to={PATHS.group}>
          <Trans>Group night</Trans>
        </ButtonLink>
      </p>
    </section>
  );
}
