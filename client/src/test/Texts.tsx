import { setupI18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import type { ReactNode } from 'react';

const english = setupI18n({ locale: 'en', messages: { en: {} } });

/** Renders what a test shows, in English. */
export const Texts = ({ children }: { children: ReactNode }) => (
  <I18nProvider i18n={english}>{children}</I18nProvider>
);
