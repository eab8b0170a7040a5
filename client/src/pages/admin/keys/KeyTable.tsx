import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button, Select } from '../../../components/index.ts';
import { useFormats } from '../../../texts/useFormats.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import parts from '../parts/parts.module.css';
import { Table } from '../parts/Table.tsx';
import type { ApiKeyFragment } from './operations.ts';
import { useKeys, type MadeSecret } from './useKeys.ts';
import { useScopeWords } from './useScopeWords.ts';

type Key = ResultOf<typeof ApiKeyFragment>;

interface KeyTableProps {
  keys: readonly Key[];
  /** The app's name. */
  of: string;
  onSecret: (made: MadeSecret) => void;
}

type Asked = { kind: 'rotate' | 'revoke'; key: Key } | null;

/** The keys of an app: what each may do, when it was last used, and whether it holds. */
export function KeyTable({ keys, of, onSecret }: KeyTableProps) {
  const { t } = useLingui();
  const { revoke } = useKeys();
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  return (
    <>
      <Table
        caption={t`Keys of ${of}`}
        head={[t`Key`, t`May`, t`Units a second`, t`Last used`, t`Holds`, t`Change`]}
      >
        {keys.map((key) => (
          <KeyRow key={key.keyId} apiKey={key} onAsk={(kind) => setAsked({ kind, key })} />
        ))}
      </Table>
      {asked?.kind === 'rotate' && <RotateDialog apiKey={asked.key} onSecret={onSecret} onClose={close} />}
      {asked?.kind === 'revoke' && (
        <ConfirmDialog
          title={t`Revoke ${asked.key.name}?`}
          confirmLabel={t`Revoke`}
          onConfirm={() => revoke(asked.key.keyId)}
          onClose={close}
        >
          <p>
            <Trans>Whoever asks with it is refused from now on. A revoked key does not come back.</Trans>
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function KeyRow({ apiKey, onAsk }: { apiKey: Key; onAsk: (kind: 'rotate' | 'revoke') => void }) {
  const { t } = useLingui();
  const { formatDay, formatCount } = useFormats();
  const scopeWords = useScopeWords();
  const { keyId, name, scopes, perSecond, lastUsedAt, expiresAt, revokedAt } = apiKey;
  return (
    <tr>
      <th scope="row">
        {name}
        <br />
        <span className={parts.soft}>{keyId}</span>
      </th>
      <td>{scopes.map((scope) => scopeWords[scope]).join(', ')}</td>
      <td>{formatCount(perSecond)}</td>
      <td>{lastUsedAt === null ? t`never` : formatDay(lastUsedAt)}</td>
      <td>
        {revokedAt !== null ? (
          <span className={`${parts.chip} ${parts.bad}`}>
            <Trans>revoked {formatDay(revokedAt)}</Trans>
          </span>
        ) : expiresAt !== null ? (
          <Trans>until {formatDay(expiresAt)}</Trans>
        ) : (
          <Trans>for good</Trans>
        )}
      </td>
      <td>
        {revokedAt === null && (
          <span className={parts.actions}>
            <Button onClick={() => onAsk('rotate')}>
              <Trans>
                Rotate<span className="visually-hidden"> {name}</span>
              </Trans>
            </Button>
            <Button onClick={() => onAsk('revoke')}>
              <Trans>
                Revoke<span className="visually-hidden"> {name}</span>
              </Trans>
            </Button>
          </span>
        )}
      </td>
    </tr>
  );
}

interface RotateDialogProps {
  apiKey: Key;
  onSecret: (made: MadeSecret) => void;
  onClose: () => void;
}

function RotateDialog({ apiKey, onSecret, onClose }: RotateDialogProps) {
  const { t } = useLingui();
  const { rotate } = useKeys();
  const [overlap, setOverlap] = useState<'0' | '3600' | '86400'>('3600');
  return (
    <ConfirmDialog
      title={t`A new secret for ${apiKey.name}?`}
      confirmLabel={t`Make a new secret`}
      onConfirm={async () => onSecret(await rotate(apiKey, Number(overlap)))}
      onClose={onClose}
    >
      <Select
        label={t`The old secret holds`}
        value={overlap}
        options={{ 0: t`no longer`, 3600: t`one more hour`, 86400: t`one more day` }}
        onChange={setOverlap}
      />
    </ConfirmDialog>
  );
}
