/** The window: providers around the frame, and what stands in its place while there is nothing to frame. */
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { FailureError } from './bridge';
import { AppFrame } from './shell/AppFrame';
import { ErrorBoundary } from './shell/ErrorBoundary';
import { FailedPage, LoadingPage } from './shell/StartPages';
import { Toasts } from './shell/Toasts';
import { MfaPrompt } from './shell/slots';
import { useColorScheme } from './shell/use-color-scheme';
import { useApp } from './stores/app';
import { connectStores } from './stores/wire';
import { cssVariablesResolver, theme } from './theme/theme';

const MOST_RETRIES = 1;
const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Main already retries with back-off, and a failure it has named will not go away by asking at once.
      retry: (count, error) => !(error instanceof FailureError) && count < MOST_RETRIES,
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

export function App() {
  const colorScheme = useColorScheme();
  useEffect(() => connectStores(), []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      forceColorScheme={colorScheme}
    >
      <QueryClientProvider client={queryClient}>
        <ErrorBoundary what="The window">
          <Content />
          <Toasts />
          <Suspense fallback={null}>
            <MfaPrompt />
          </Suspense>
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Content() {
  const phase = useApp((state) => state.phase);
  switch (phase.kind) {
    case 'loading':
      return <LoadingPage />;
    case 'failed':
      return <FailedPage failure={phase.failure} />;
    case 'ready':
      return <AppFrame />;
  }
}
