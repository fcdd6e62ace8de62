import type { Step, WorkflowDefinition } from '@inlay/engine'
import { useMemo } from 'react'
import { WorkflowEditor } from '../../src/index.js'
import { ORDERS } from '../fixtures/definitions.js'
import { FIELDS } from '../fixtures/every-field.js'
import { createMemoryClient } from '../fixtures/memory-client.js'
import { appeared, type GalleryPage, type GalleryPages, press } from '../gallery-page.js'

function Editor({ definition }: { readonly definition: WorkflowDefinition }) {
  const client = useMemo(() => createMemoryClient({ definition }), [definition])
  return <WorkflowEditor client={client} workflowId="wf_orders" />
}

/** The panel of one step, whose rows hold values and expressions. */
function modes(step: Step): GalleryPage {
  const definition = { ...FIELDS, steps: [step] }
  return {
    draw: () => <Editor definition={definition} />,
    act: async () => {
      await appeared('[data-nav]')
      await press('[data-nav]', new RegExp(step.name ?? ''))
      await appeared('[data-inlay-part="step-panel"]')
    },
  }
}

export const PAGES: GalleryPages = {
  'modes-rows': modes({
    ...{ id: 'remember', type: 'set', name: 'Remember the order' },
    values: {
      shop: 'Bristol',
      total: '{{ round(trigger.body.order.total * 1.19, 2) }}',
      from: '{{ trigger.body.order.id }}',
    },
  }),
  'modes-loop': modes({
    ...{ id: 'each', type: 'forEach', name: 'For each line', steps: [] },
    items: ['first', '{{ trigger.body.order.id + "-2" }}', 3],
  }),
  'modes-list': modes({
    ...{ id: 'all', type: 'forEach', name: 'For each line', steps: [] },
    items: '{{ trigger.body.order.lines }}',
  }),
  'modes-condition': modes({
    ...{ id: 'size', type: 'branch', name: 'How big is it' },
    cases: [
      { if: '{{ trigger.body.order.total > 50 }}', steps: [] },
      { if: '{{ trigger.body.order.lines.some(line => line.amount > 100) }}', steps: [] },
    ],
  }),
  'test-files': {
    draw: () => <Editor definition={ORDERS} />,
    act: async () => {
      await appeared('[data-nav]')
      await press('button', 'toolbar.test')
      await appeared('[role="dialog"] textarea')
    },
  },
}
