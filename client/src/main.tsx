import { ApolloProvider } from '@apollo/client/react';
import { I18nProvider } from '@lingui/react';
import { StrictMode } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { createClient } from './api/apollo.ts';
import { App } from './app/App.tsx';
import { readConfig, settingsOf } from './app/config.ts';
import { preloadOnIntent } from './app/preloading.ts';
import { preloadPage } from './app/routes.ts';
import { createLiveLink } from './live/liveLink.ts';
import { createOfflineLink } from './offline/offlineLink.ts';
import { createAuthLink } from './session/authLink.ts';
import { lazily } from './session/lazily.ts';
import { liveIdentity } from './session/liveIdentity.ts';
import { pendingRatings } from './session/pendingRatings.ts';
import { sessionStore } from './session/session.ts';
import { adoptData } from './ssr/adopt.ts';
import './styles/index.css';
import { tasteStore } from './taste/taste.ts';
import { createTexts, documentsLanguage, visitorsLanguage } from './texts/texts.ts';

declare global {
  interface Window {
    /** Left by `/config.js`. */
    pocketrocketConfig?: unknown;
  }
}

const { apiUrl } = readConfig(settingsOf(window));
// Visitors without a session never need its code.
const refresh = lazily(async () =>
  (await import('./session/refresh.ts')).createRefresh(sessionStore, apiUrl),
);
const identity = liveIdentity(sessionStore, refresh);
const liveLink = createLiveLink(async () => {
  const { openConnection, liveUrl } = await import('./live/connection.ts');
  return openConnection(liveUrl(apiUrl, location.href), identity);
});
const offlineLink = createOfflineLink({ userId: identity.userId });
const client = createClient(apiUrl, liveLink, offlineLink, createAuthLink(sessionStore, refresh));
const root = document.getElementById('root');
if (!root) throw new Error('index.html has lost its #root');

const isRendered = adoptData(client, document);

// The page's own boundary shows what fails here; it only asks early.
preloadPage(client, new URL(location.href)).catch(() => undefined);
preloadOnIntent(client);
tasteStore.followOtherTabs();
sessionStore.followOtherTabs();
pendingRatings.followOtherTabs();

// A page that the server rendered is taken over in its language, or nothing of it would fit.
const language = (isRendered ? documentsLanguage() : null) ?? visitorsLanguage();
// Without its catalogue the portal still works, in English.
const texts = await createTexts(language).catch(() => createTexts('en'));
document.documentElement.lang = texts.locale;

const portal = (
  <StrictMode>
    <I18nProvider i18n={texts}>
      <ApolloProvider client={client}>
        <BrowserRouter>
          <App apiUrl={apiUrl} />
        </BrowserRouter>
      </ApolloProvider>
    </I18nProvider>
  </StrictMode>
);
if (isRendered && texts.locale === language) hydrateRoot(root, portal);
else createRoot(root).render(portal);
