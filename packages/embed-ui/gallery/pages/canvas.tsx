import type { WorkflowDefinition } from '@inlay/engine'
import { useMemo } from 'react'
import { type EditorPlace, WorkflowEditor } from '../../src/index.js'
import { NESTED } from '../fixtures/definitions.js'
import { largeWorkflow } from '../fixtures/large.js'
import { createMemoryClient } from '../fixtures/memory-client.js'
import { appeared, type GalleryPages, press } from '../gallery-page.js'

const BUILDER: EditorPlace = { view: 'builder' }

function CanvasPage({ definition }: { readonly definition: WorkflowDefinition }) {
  const client = useMemo(() => createMemoryClient({ definition }), [definition])
  return <WorkflowEditor client={client} workflowId="wf_orders" place={BUILDER} />
}

const LARGE = largeWorkflow(300)
const NOTED: WorkflowDefinition = {
  ...NESTED,
  steps: NESTED.steps.map((step) => ({ ...step, note: 'Ask the sales team before you change this.' })),
}

const nested = () => <CanvasPage definition={NOTED} />

/** Presses a key where the focus is, or on a step. */
async function key(name: string, init: KeyboardEventInit = {}, stepId?: string): Promise<void> {
  const face = await appeared<HTMLElement>(stepId === undefined ? '[data-nav="$trigger"]' : `[data-nav="${stepId}"]`)
  face.focus()
  face.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...init }))
}

const [FIRST = '', SECOND = ''] = NESTED.steps.map(({ id }) => id)

export const PAGES: GalleryPages = {
  large: { draw: () => <CanvasPage definition={LARGE} />, act: async () => void (await appeared('[data-nav]')) },
  notes: { draw: nested, act: async () => void (await appeared('[data-inlay-part="note"]')) },
  collapsed: { draw: nested, act: () => key('E', { shiftKey: true }) },
  marked: {
    draw: nested,
    act: async () => {
      for (const id of [FIRST, SECOND]) {
        const face = await appeared<HTMLElement>(`[data-nav="${id}"]`)
        face.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }))
      }
    },
  },
  moving: { draw: nested, act: () => key('m', {}, SECOND) },
  minimap: { draw: nested, act: () => press('button', 'canvas.minimap') },
  find: { draw: nested, act: () => key('f', { ctrlKey: true }) },
  outline: {
    draw: nested,
    act: async () => {
      await key('o')
      await appeared('[data-inlay-part="outline-step"]')
    },
  },
  shortcuts: {
    draw: nested,
    act: async () => {
      await key('?', { shiftKey: true })
      await appeared('dialog kbd')
    },
  },
  commands: {
    draw: nested,
    act: async () => {
      await key('k', { ctrlKey: true })
      await appeared('[cmdk-item]')
    },
  },
}
