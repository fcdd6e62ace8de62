import { useEffect, useMemo, useState } from 'react'
import { type EditorPlace, type Presence, type Workflow, WorkflowEditor } from '../../src/index.js'
import { APP, EMPTY, NESTED, ORDERS } from '../fixtures/definitions.js'
import { createMemoryClient, type MemoryOptions } from '../fixtures/memory-client.js'
import { appeared, type GalleryPages, press } from '../gallery-page.js'

const POLLING: NonNullable<Workflow['trigger']['connector']> = {
  kind: 'polling',
  status: 'active',
  detail: null,
  lastPollAt: new Date(Date.now() - 120_000).toISOString(),
  nextAt: new Date(Date.now() + 180_000).toISOString(),
}

const OTHERS: readonly Presence[] = [
  { id: 'w_2', name: 'Second Reader', self: null, isMember: false, mayEdit: true },
  { id: 'w_3', name: null, self: null, isMember: true, mayEdit: false },
]

interface EditorPageProps {
  readonly options: MemoryOptions
  readonly start: EditorPlace
}

function EditorPage({ options, start }: EditorPageProps) {
  const client = useMemo(() => createMemoryClient({ moreConnectors: 500, ...options }), [options])
  // For scripts that look at what was saved.
  useEffect(() => void Object.assign(window, { galleryClient: client }), [client])
  const [place, setPlace] = useState<EditorPlace>(start)
  return (
    <WorkflowEditor client={client} workflowId="wf_orders" place={place} onPlaceChange={setPlace} onBack={() => {}} />
  )
}

const BUILDER: EditorPlace = { view: 'builder' }

function editor(options: MemoryOptions, start = BUILDER) {
  return () => <EditorPage options={options} start={start} />
}

async function cardShown(): Promise<void> {
  await appeared('[data-nav]')
}

export const PAGES: GalleryPages = {
  builder: { draw: editor({ definition: ORDERS, others: OTHERS }), act: cardShown },
  nested: { draw: editor({ definition: NESTED }), act: cardShown },
  app: { draw: editor({ definition: APP, triggerState: POLLING }), act: cardShown },
  empty: { draw: editor({ definition: EMPTY, isPublished: false }), act: cardShown },
  runs: { draw: editor({ definition: ORDERS }, { view: 'runs' }) },
  run: { draw: editor({ definition: ORDERS }, { view: 'runs', runId: 'run_good' }) },
  failed: { draw: editor({ definition: ORDERS }, { view: 'runs', runId: 'run_bad' }) },
  'versions-canvas': {
    draw: editor({ definition: ORDERS }),
    act: async () => {
      await press('button', 'versions.open')
      await press('dialog nav button', ['versions.number', { number: 1 }])
      await press('dialog [role=tab]', 'diff.canvas')
      await appeared('dialog [data-inlay-part="step-card"]')
    },
  },
  publish: {
    draw: editor({ definition: ORDERS }),
    act: async () => {
      await press('[data-inlay-part="toolbar"] > div:last-child > button:last-child')
      await appeared('[data-inlay-part="stored-tests"] li')
    },
  },
  versions: {
    draw: editor({ definition: ORDERS }),
    act: async () => {
      await press('button', 'versions.open')
      await press('dialog nav button', ['versions.number', { number: 1 }])
      await appeared('dialog ul', 'diff.label')
    },
  },
}
