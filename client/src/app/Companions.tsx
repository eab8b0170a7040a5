import { useQuery } from '@apollo/client/react';
import { Toasts } from '../components/index.ts';
import { OfflineNotice } from '../offline/OfflineNotice.tsx';
import { useRenewedLists } from '../training/useRenewedLists.ts';
import { Viewer } from '../viewer/Viewer.tsx';
import { shellQuery } from './Shell.tsx';

/** Accompanies every page without being part of its first picture: notices, what is the visitor's own, and lists anew with another model. */
export default function Companions() {
  const { data } = useQuery(...shellQuery);
  useRenewedLists(data && (data.model?.version ?? null));
  return (
    <>
      <Toasts />
      <Viewer />
      <OfflineNotice />
    </>
  );
}
