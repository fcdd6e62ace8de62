import '@inlay/embed-ui/styles.css'
import './portal.css'
import { InlayTheme } from '@inlay/embed-ui'
import { isApiError, toApiError } from '@inlay/sdk/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.js'
import { GuardedRouter } from './layout/leave-guard.js'

const MAX_RETRIES = 2

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal stays a refusal; only a lost connection or a struggling server is worth another try.
      retry: (failures, thrown) => {
        const error = toApiError(thrown)
        return failures < MAX_RETRIES && isApiError(error) && (error.status === 0 || error.status >= 500)
      },
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
