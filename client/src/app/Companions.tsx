import { Toasts } from '../components/index.ts';
import { OfflineNotice } from '../offline/OfflineNotice.tsx';
import { useTrainingPoll } from '../training/useTraining.ts';
import { Viewer } from '../viewer/Viewer.tsx';

/** Accompanies every page without being part of its first picture: notices, and what is the visitor's own. */
export default function Companions() {
  useTrainingPoll();
  return (
    <>
      <Toasts />
      <Viewer />
      <OfflineNotice />
    </>
  );
}
