import { ApolloProvider } from '@apollo/client/react';
import { I18nProvider } from '@lingui/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { createClient } from './api/apollo.ts';
import { App } from './app/App.tsx';
import { readConfig } from './app/config.ts';
import { preloadOnIntent } from './app/preloading.ts';
import { preloadPage } from './app/routes.ts';
import { createLiveLink } from './live/liveLink.ts';
import { createAuthLink } from './session/authLink.ts';
import { lazily } from './session/lazily.ts';
import { liveIdentity } from './session/liveIdentity.ts';
import { sessionStore } from './session/session.ts';
import './styles/index.css';
import { tasteStore } from './taste/taste.ts';
import { createTexts, visitorsLanguage } from './texts/texts.ts';

declare global {
  interface Window {
    /** Left by `/config.js`. */
    pocketrocketConfig?: unknown;
  }
}

const { apiUrl } = readConfig(window.pocketrocketConfig);
// Visitors without a session never need its code.
const refresh = lazily(async () =>
  (await import('./session/refresh.ts')).createRefresh(sessionStore, apiUrl),
);
const liveLink = createLiveLink(async () => {
  const { openConnection, liveUrl } = await import('./live/connection.ts');
  return openConnection(liveUrl(apiUrl, location.href), liveIdentity(sessionStore, refresh));
});
const client = createClient(apiUrl, liveLink, createAuthLink(sessionStore, refresh));
const root = document.getElementById('root');
if (!root) throw new Error('index.html has lost its #root');

// The page's own boundary shows what fails here; it only asks early.
preloadPage(client, new URL(location.href)).catch(() => undefined);
preloadOnIntent(client);
tasteStore.followOtherTabs();
sessionStore.followOtherTabs();

const language = visitorsLanguage();
// Without its catalogue the portal still works, in English.
const texts = await createTexts(language).catch(() => createTexts('en'));
document.documentElement.lang = texts.locale;

createRoot(root).render(
  <StrictMode>
    <I18nProvider i18n={texts}>
      <ApolloProvider client={client}>
        <BrowserRouter>
          <App apiUrl={apiUrl} />
        </BrowserRouter>
      </ApolloProvider>
    </I18nProvider>
  </StrictMode>,
);
