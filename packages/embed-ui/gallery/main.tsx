import { StrictMode, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import {
  type ColorScheme,
  type EditorPlace,
  InlayTheme,
  type Tokens,
  type Workflow,
  WorkflowEditor,
} from '../src/index.js'
import '../src/theme/styles.css'
import { ComponentsPage } from './ComponentsPage.js'
import { APP, EMPTY, NESTED, ORDERS } from './fixtures/definitions.js'
import { createMemoryClient } from './fixtures/memory-client.js'
import './gallery.css'

/** Another vendor's look, to see that nothing depends on ours. */
const BRAND: Tokens = {
  colorPrimary: '#0f766e',
  colorFocus: '#0f766e',
  colorSelection: '#d5f0ec',
  colorEdgeActive: '#0f766e',
  colorNodeAction: '#0f766e',
  radiusControl: '3px',
  radiusCard: '5px',
  fontFamily: 'Georgia, "Noto Serif", serif',
}

const PAGES = {
  builder: { definition: ORDERS, place: { view: 'builder' }, isPublished: true },
  nested: { definition: NESTED, place: { view: 'builder' }, isPublished: true },
  app: { definition: APP, place: { view: 'builder' }, isPublished: true },
  empty: { definition: EMPTY, place: { view: 'builder' }, isPublished: false },
  runs: { definition: ORDERS, place: { view: 'runs' }, isPublished: true },
  run: { definition: ORDERS, place: { view: 'runs', runId: 'run_good' }, isPublished: true },
  failed: { definition: ORDERS, place: { view: 'runs', runId: 'run_bad' }, isPublished: true },
} as const

const TRIGGER_STATES: Readonly<Record<string, Workflow['trigger']['connector']>> = {
  app: {
    kind: 'polling',
    status: 'active',
    detail: null,
    lastPollAt: new Date(Date.now() - 120_000).toISOString(),
    nextAt: new Date(Date.now() + 180_000).toISOString(),
  },
}

function Gallery() {
  const parameters = new URLSearchParams(location.search)
  const page = parameters.get('page') ?? 'builder'
  // Only the gallery's own scripts write this address.
  const colorScheme = (parameters.get('scheme') ?? 'auto') as ColorScheme
  const isBranded = parameters.has('brand')
  return (
    <InlayTheme fill appearance={{ colorScheme, ...(isBranded ? { tokens: BRAND } : {}) }}>
      {page === 'components' ? (
        <ComponentsPage />
      ) : (
        <EditorPage page={page in PAGES ? (page as keyof typeof PAGES) : 'builder'} />
      )}
    </InlayTheme>
  )
}

function EditorPage({ page }: { readonly page: keyof typeof PAGES }) {
  const { definition, place, isPublished } = PAGES[page]
  const client = useMemo(
    () =>
      createMemoryClient({ definition, isPublished, moreConnectors: 500, triggerState: TRIGGER_STATES[page] ?? null }),
    [definition, isPublished, page],
  )
  return <StatefulEditor client={client} start={place} />
}

function StatefulEditor({ client, start }: { client: ReturnType<typeof createMemoryClient>; start: EditorPlace }) {
  const [place, setPlace] = useState<EditorPlace>(start)
  return (
    <WorkflowEditor client={client} workflowId="wf_orders" place={place} onPlaceChange={setPlace} onBack={() => {}} />
  )
}

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Gallery />
    </StrictMode>,
  )
}
