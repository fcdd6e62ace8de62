import type { Step, WorkflowDefinition } from '@inlay/engine'
import { useMemo } from 'react'
import { AutomationList } from '../../src/automations/AutomationList.js'
import { type Me, WorkflowEditor } from '../../src/index.js'
import { ORDERS } from '../fixtures/definitions.js'
import { FIELDS } from '../fixtures/every-field.js'
import { createMemoryClient } from '../fixtures/memory-client.js'
import { appeared, type GalleryPage, type GalleryPages, press } from '../gallery-page.js'

function Editor({ definition }: { readonly definition: WorkflowDefinition }) {
  const client = useMemo(() => createMemoryClient({ definition }), [definition])
  return <WorkflowEditor client={client} workflowId="wf_orders" />
}

const ME: Me = {
  caller: 'embed',
  tenant: {
    name: 'Bookshelf',
    brand: { productName: null, logo: null, logoDark: null, supportUrl: null, appearance: {}, texts: {} },
  },
  customer: { id: 'cus_1', externalId: '1', name: 'Acme Books' },
  permissions: ['connections:read', 'connections:write', 'workflows:read', 'workflows:write', 'workflows:publish'],
}

/** The list of automations of a team that has published some of its own. */
function OwnAutomations() {
  const client = useMemo(() => {
    const memory = createMemoryClient({ definition: ORDERS })
    const list: typeof memory.workflows.list = {
      query: async (input) => {
        const { data } = await memory.workflows.list.query(input)
        const names = ['Thank new customers', 'Weekly report of the Bristol shop']
        const own = data.flatMap((each) =>
          names.map((name, at) => ({ ...each, id: `wf_own_${at}`, name, enabled: at === 0, publishedVersion: 1 })),
        )
        return { data: own, nextCursor: null }
      },
    }
    return { ...memory, workflows: { ...memory.workflows, list } }
  }, [])
  return <AutomationList client={client} me={ME} onOpenRun={() => {}} />
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
  'automations-own': { draw: () => <OwnAutomations /> },
  'test-files': {
    draw: () => <Editor definition={ORDERS} />,
    act: async () => {
      await appeared('[data-nav]')
      await press('button', 'toolbar.test')
      await appeared('dialog textarea')
    },
  },
}
