import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ApolloClient } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import type { I18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { StrictMode } from 'react';
import { renderToPipeableStream } from 'react-dom/server';
import { StaticRouter } from 'react-router';
import { App } from '../app/App.tsx';

interface AppParts {
  client: ApolloClient;
  texts: I18n;
  /** Path and search part. */
  location: string;
}

/** Renders the portal at an address, whole: with the page's code, out of what the client's cache holds. */
export function renderApp({ client, texts, location }: AppParts): Promise<string> {
  return new Promise((resolve, reject) => {
    let failure: Error | undefined;
    const { pipe, abort } = renderToPipeableStream(
      <StrictMode>
        <I18nProvider i18n={texts}>
          <ApolloProvider client={client}>
            <StaticRouter location={location}>
              <App apiUrl="/graphql" />
            </StaticRouter>
          </ApolloProvider>
        </I18nProvider>
      </StrictMode>,
      {
        // Everything in its place: what comes later would need a script in the page to move it there.
        progressiveChunkSize: Number.MAX_SAFE_INTEGER,
        onError: (error) => void (failure ??= error instanceof Error ? error : new Error(String(error))),
        onShellError: reject,
        onAllReady() {
          // A section that failed would be tried again by the browser; better that it renders the page as a whole.
          if (failure) {
            abort();
            reject(failure);
            return;
          }
          resolve(text(pipe(new PassThrough())));
        },
      },
    );
  });
}
