import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../../../components/index.ts';
import { userPath } from '../../../routing/paths.ts';
import { useSession } from '../../../session/session.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import parts from '../parts/parts.module.css';
import { useSaid } from '../parts/Said.tsx';
import { Table } from '../parts/Table.tsx';
import type { AccountFragment } from './operations.ts';
import { useAccountChange } from './useAccountChange.ts';

type Account = ResultOf<typeof AccountFragment>;
type Kind = 'role' | 'sessions' | 'delete';
type Asked = { kind: Kind; account: Account } | null;

/** Accounts with what can be done to each. */
export function AccountTable({ accounts }: { accounts: readonly Account[] }) {
  const { t } = useLingui();
  const [asked, setAsked] = useState<Asked>(null);
  const [says, say] = useSaid();
  return (
    <>
      {says}
      <Table
        caption={t`Accounts`}
        head={[t`Account`, t`Role`, t`Ratings`, t`Signed in`, t`Since`, t`Change`]}
      >
        {accounts.map((account) => (
          <AccountRow key={account.userId} account={account} onAsk={(kind) => setAsked({ kind, account })} />
        ))}
      </Table>
      {asked && <AccountDialog {...asked} onDone={say} onClose={() => setAsked(null)} />}
    </>
  );
}

function AccountRow({ account, onAsk }: { account: Account; onAsk: (kind: Kind) => void }) {
  const { t } = useLingui();
  const { formatCount, formatDay } = useFormats();
  const { session } = useSession();
  const { userId, name, email, emailConfirmed, role, sharesRatings, ratingCount } = account;
  const { sessionCount, createdAt } = account;
  const isOwn = session?.userId === userId;
  return (
    <tr>
      <th scope="row">
        <Link to={userPath(userId)}>{name}</Link>
        <br />
        <span className={parts.soft}>
          {email}
          {!emailConfirmed && <Trans>, not confirmed</Trans>}
        </span>
      </th>
      <td>{role === 'ADMIN' ? t`administrator` : t`user`}</td>
      <td>
        {formatCount(ratingCount)}
        {!sharesRatings && (
          <span className={parts.soft}>
            <Trans>, private</Trans>
          </span>
        )}
      </td>
      <td>{formatCount(sessionCount)}</td>
      <td>{formatDay(createdAt)}</td>
      <td>
        {isOwn ? (
          <span className={parts.soft}>
            <Trans>this is you</Trans>
          </span>
        ) : (
          <span className={parts.actions}>
            <Button onClick={() => onAsk('role')}>
              {role === 'ADMIN' ? (
                <Trans>
                  Make a user<span className="visually-hidden"> of {name}</span>
                </Trans>
              ) : (
                <Trans>
                  Make an administrator<span className="visually-hidden"> of {name}</span>
                </Trans>
              )}
            </Button>
            <Button onClick={() => onAsk('sessions')}>
              <Trans>
                Sign out<span className="visually-hidden"> {name} everywhere</span>
              </Trans>
            </Button>
            {role !== 'ADMIN' && (
              <Button onClick={() => onAsk('delete')}>
                <Trans>
                  Delete<span className="visually-hidden"> {name}</span>
                </Trans>
              </Button>
            )}
          </span>
        )}
      </td>
    </tr>
  );
}

interface AccountDialogProps {
  kind: Kind;
  account: Account;
  onDone: (words: string) => void;
  onClose: () => void;
}

function AccountDialog({ kind, account, onDone, onClose }: AccountDialogProps) {
  const { t } = useLingui();
  const { setRole, endSessions, remove } = useAccountChange();
  const { userId, name, email, role } = account;
  if (kind === 'role') {
    const isAdmin = role === 'ADMIN';
    return (
      <ConfirmDialog
        title={isAdmin ? t`Make a user of ${name}?` : t`Make an administrator of ${name}?`}
        confirmLabel={isAdmin ? t`Take the role` : t`Give the role`}
        onConfirm={async () => {
          await setRole(userId, isAdmin ? 'USER' : 'ADMIN');
          onDone(isAdmin ? t`${name} is no administrator any more.` : t`${name} is an administrator.`);
        }}
        onClose={onClose}
      >
        <p>
          {isAdmin ? (
            <Trans>{name} can no longer see these pages nor change anything here.</Trans>
          ) : (
            <Trans>{name} will see these pages and may change everything here, your own role too.</Trans>
          )}
        </p>
      </ConfirmDialog>
    );
  }
  if (kind === 'sessions')
    return (
      <ConfirmDialog
        title={t`Sign ${name} out everywhere?`}
        confirmLabel={t`Sign out everywhere`}
        onConfirm={async () => {
          await endSessions(userId);
          onDone(t`${name} is signed out everywhere.`);
        }}
        onClose={onClose}
      >
        <p>
          <Trans>Every sign-in of the account ends. Whoever knows the password can sign in again.</Trans>
        </p>
      </ConfirmDialog>
    );
  return (
    <ConfirmDialog
      title={t`Delete ${name}?`}
      confirmLabel={t`Delete for good`}
      typed={email}
      onConfirm={async () => {
        await remove(userId);
        onDone(t`${name} is deleted.`);
      }}
      onClose={onClose}
    >
      <p>
        <Trans>The account, its ratings and everything else of it are erased at once, for good.</Trans>
      </p>
    </ConfirmDialog>
  );
}
