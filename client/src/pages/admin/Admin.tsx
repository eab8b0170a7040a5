import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense } from 'react';
import { NavLink, useParams } from 'react-router';
import { PageHeading, SectionBoundary } from '../../components/index.ts';
import type { HeadContext, PageHead } from '../../routing/pageQuery.ts';
import { adminPath } from '../../routing/paths.ts';
import pages from '../layout/pages.module.css';
import NotFound from '../notFound/NotFound.tsx';
import styles from './Admin.module.css';
import { AdminGate } from './AdminGate.tsx';
import { SECTIONS } from './sections.ts';

/** Of use to administrators alone; nothing of it is for search engines. */
export const head = ({ params }: HeadContext): PageHead => ({
  indexed: false,
  exists: SECTIONS.some(({ path }) => path === (params['section'] ?? '')),
});

/** Shows what operators see and do, a section for each subject; for administrators alone. */
export default function Admin() {
  const { section: path = '' } = useParams();
  const { i18n } = useLingui();
  const section = SECTIONS.find((one) => one.path === path);
  if (!section) return <NotFound />;
  const { Page, title } = section;
  const name = i18n._(title);
  return (
    <div className={pages.page}>
      <AdminGate>
        <header className={styles.head}>
          <p className={styles.over}>
            <Trans>Administration</Trans>
          </p>
          <PageHeading key={path} title={name} />
        </header>
        <Sections />
        <SectionBoundary key={path}>
          <Suspense fallback={<div className={styles.waiting} aria-busy="true" />}>
            <Page />
          </Suspense>
        </SectionBoundary>
      </AdminGate>
    </div>
  );
}

function Sections() {
  const { i18n, t } = useLingui();
  return (
    <nav className={styles.sections} aria-label={t`Administration`}>
      {SECTIONS.map(({ path, title }) => (
        <NavLink key={path} to={adminPath(path)} end className={styles.section}>
          {i18n._(title)}
        </NavLink>
      ))}
    </nav>
  );
}
