import type { WorkflowDefinition } from '@inlay/engine'
import { useMemo } from 'react'
import { WorkflowEditor } from '../../src/index.js'
import { ORDERS } from '../fixtures/definitions.js'
import { FIELDS } from '../fixtures/every-field.js'
import { createMemoryClient } from '../fixtures/memory-client.js'
import { appeared, type GalleryPage, type GalleryPages, press } from '../gallery-page.js'

function PanelPage({ definition }: { readonly definition: WorkflowDefinition }) {
  const client = useMemo(() => createMemoryClient({ definition }), [definition])
  return <WorkflowEditor client={client} workflowId="wf_orders" />
}

/** An open step panel, and what is done in it. */
function panel(definition: WorkflowDefinition, card: RegExp, act?: () => Promise<void>): GalleryPage {
  return {
    draw: () => <PanelPage definition={definition} />,
    act: async () => {
      await appeared('[data-nav]')
      await press('[data-nav]', card)
      await appeared('[data-inlay-part="step-panel"]')
      await act?.()
    },
  }
}

const test = async (): Promise<void> => {
  await press('[data-inlay-part="step-test"] button', 'stepTest.test')
}

const FAILING: WorkflowDefinition = JSON.parse(JSON.stringify(ORDERS).replaceAll('EUR', 'fail'))

/** A draft with something to be mended in several steps. */
const WRONG: WorkflowDefinition = JSON.parse(
  JSON.stringify(ORDERS)
    .replace('"connection":"con_slack",', '')
    .replace(/"url":"[^"]*"/, '"url":""'),
)

export const PAGES: GalleryPages = {
  'panel-problems': panel(WRONG, /Tell the sales team/, async () => {
    await press('[data-inlay-part="problems"]')
    await appeared('[data-inlay-part="problem-list"]')
  }),
  'panel-fields': panel(FIELDS, /Fill in everything/),
  'panel-code': panel(FIELDS, /Add it up/),
  'panel-running': panel(ORDERS, /Tell the sales team/, test),
  'panel-tested': panel(ORDERS, /Tell the sales team/, async () => {
    await test()
    await appeared('[data-inlay-part="data-view"]')
  }),
  'panel-failed': panel(FAILING, /Tell the sales team/, async () => {
    await test()
    await appeared('[data-inlay-part="step-test"] [role="alert"]')
  }),
}
