import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useState } from 'react';
import { Button } from '../../components/index.ts';
import { copyText } from '../../components/controls/copyText.ts';
import { PATHS } from '../../routing/paths.ts';
import { useAsked } from '../../state/useAsked.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { FormProblem } from '../forms/FormProblem.tsx';
import forms from '../forms/forms.module.css';
import styles from './Group.module.css';
import { writeGroupAddress } from './groupAddress.ts';
import type { OwnLink } from './ownLink.ts';
import { useGroup } from './useGroup.ts';
import type { GroupMembers } from './useMembers.ts';
import { useRevokeLink } from './useRevokeLink.ts';

const loadQrCode = async () => (await import('./QrCode.tsx')).default;

/** The link to the whole group as it is, the visitor among it: to copy, to send, to scan; and the way to take it back. */
export function ShareLink({ link, group }: { link: OwnLink; group: GroupMembers }) {
  const { t } = useLingui();
  const { formatDay } = useFormats();
  const { search, userIds } = useGroup();
  const { takeBack, problem } = useRevokeLink();
  const [isCodeMissing, setCodeMissing] = useState(false);
  const [QrCode, askForCode] = useAsked(loadQrCode, () => setCodeMissing(true));
  const [isCopied, setCopied] = useState<boolean>();
  const tokens = [link.token, ...group.tokens.filter((token) => token !== link.token)];
  const address = writeGroupAddress(search, { userIds, tokens });
  const url = `${location.origin}${PATHS.group}${address.search && '?'}${address.search}#${address.hash}`;
  const askAtOnce = useEffectEvent(askForCode);
  useEffect(() => askAtOnce(), []);
  const copy = async () => setCopied(await copyText(url));
  return (
    <div className={styles.share}>
      <div className={forms.form}>
        <label>
          <Trans>Your link, with everybody above in it</Trans>
          <input readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
        </label>
        <p className={styles.actions}>
          <Button variant="primary" onClick={() => void copy()}>
            <Trans>Copy the link</Trans>
          </Button>
          {'share' in navigator && (
            <Button
              onClick={() => void navigator.share({ title: t`Group night`, url }).catch(() => undefined)}
            >
              <Trans>Send it</Trans>
            </Button>
          )}
          <Button onClick={() => void takeBack(link.linkId)}>
            <Trans>Take it back</Trans>
          </Button>
        </p>
        <p role="status" className={forms.hint}>
          {isCopied === true && <Trans>Copied.</Trans>}
          {isCopied === false && (
            <Trans>The browser does not allow it: mark the text and copy it by hand.</Trans>
          )}
          {isCopied === undefined && (
            <Trans>
              It holds until {formatDay(link.expiresAt)}. Whoever has it sees films and agreement, never your
              ratings.
            </Trans>
          )}
        </p>
        <FormProblem title={t`The link still holds`} problem={problem} />
      </div>
      <div className={styles.qr}>
        {QrCode && <QrCode text={url} label={t`QR code of your link`} />}
        {isCodeMissing && (
          <p role="status" className={forms.hint}>
            <Trans>The QR code could not be loaded. The link holds without it.</Trans>
          </p>
        )}
      </div>
    </div>
  );
}
