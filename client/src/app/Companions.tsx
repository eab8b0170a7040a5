import { Toasts } from '../components/index.ts';
import { OfflineNotice } from '../offline/OfflineNotice.tsx';
import { Viewer } from '../viewer/Viewer.tsx';

/** Accompanies every page without being part of its first picture: notices, and what is the visitor's own. */
export default function Companions() {
  return (
    <>
      <Toasts />
      <Viewer />
      <OfflineNotice />
    </>
  );
}
