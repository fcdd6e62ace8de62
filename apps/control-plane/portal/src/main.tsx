import '@inlay/embed-ui/styles.css'
import './portal.css'
import { InlayTheme } from '@inlay/embed-ui'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.js'
import { isPassing, isSignedOut } from './failure.js'
import { GuardedRouter } from './layout/leave-guard.js'

const MAX_RETRIES = 2

/** A session that has ended leads to signing in, at the same address, wherever it shows. */
function askWhoIsSignedIn(thrown: unknown): void {
  if (isSignedOut(thrown)) void queries.invalidateQueries({ queryKey: ['me'] })
}

const queries = new QueryClient({
  queryCache: new QueryCache({
    onError: (thrown, { queryKey }) => {
      if (queryKey[0] !== 'me') askWhoIsSignedIn(thrown)
    },
  }),
  mutationCache: new MutationCache({ onError: askWhoIsSignedIn }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal stays a refusal; only a lost connection or a struggling server is worth another try.
      retry: (failures, thrown) => failures < MAX_RETRIES && isPassing(thrown),
    },
  },
})

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element #root.')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <InlayTheme fill appearance={{ colorScheme: 'auto' }}>
        <GuardedRouter>
          <App />
        </GuardedRouter>
      </InlayTheme>
    </QueryClientProvider>
  </StrictMode>,
)
