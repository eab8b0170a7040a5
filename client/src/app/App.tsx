import { useLingui } from '@lingui/react/macro';
import { Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { ApiUrl } from '../api/apiUrl.ts';
import { PageSkeleton, SectionBoundary } from '../components/index.ts';
import { AfterIdle } from './AfterIdle.tsx';
import { lazyExtra } from './lazyExtra.ts';
import { routes } from './routes.ts';
import { Shell } from './Shell.tsx';

const Companions = lazyExtra(() => import('./Companions.tsx'));

/** The portal: the shell, and the page that the address names in it. */
export function App({ apiUrl }: { apiUrl: string }) {
  const { t } = useLingui();
  const { pathname } = useLocation();
  return (
    <ApiUrl value={apiUrl}>
      <Shell apiUrl={apiUrl}>
        {/* Code that could not be fetched stays failed for as long as the document lives: only a new one asks again. */}
        <SectionBoundary
          key={pathname}
          title={t`This page did not load`}
          message={t`The server may be starting or down, or you may be offline.`}
          onRetry={() => location.reload()}
        >
          <Suspense fallback={<PageSkeleton />}>
            <Routes>
              {routes.map(({ path, Page }) => (
                <Route key={path} path={path} element={<Page />} />
              ))}
            </Routes>
          </Suspense>
        </SectionBoundary>
        <AfterIdle>
          <Companions />
        </AfterIdle>
      </Shell>
    </ApiUrl>
  );
}
