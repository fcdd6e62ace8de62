import { useMemo } from 'react'
import { WorkflowEditor } from '../../src/index.js'
import { createMemoryClient } from '../fixtures/memory-client.js'
import { MAILING } from '../fixtures/papers.js'
import { appeared, type GalleryPages, press } from '../gallery-page.js'

function Mailing() {
  const client = useMemo(() => createMemoryClient({ definition: MAILING }), [])
  return <WorkflowEditor client={client} workflowId="wf_orders" />
}

/** The place of a file in the form. */
function zone(field: string): Promise<HTMLElement> {
  return appeared(`[data-field="/input/${field}"] [data-inlay-part="file"] > div`)
}

/** Holds a file above a field, and lets it go when it is to be uploaded. */
async function drag(field: string, file: File, isDropped: boolean): Promise<void> {
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(file)
  const target = await zone(field)
  for (const type of isDropped ? ['dragover', 'drop'] : ['dragover']) {
    target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }))
  }
}

const bytes = (count: number) => [new Uint8Array(count)]

export const PAGES: GalleryPages = {
  /** Every state of a field for a file: held above, chosen, on its way, refused, from data, and in a list. */
  files: {
    draw: () => <Mailing />,
    act: async () => {
      await appeared('[data-nav]')
      await press('[data-nav]', /Send papers/)
      await appeared('[data-inlay-part="step-panel"]')
      await drag('scan', new File(bytes(6_400_000), 'slow scan of the signed contract.tiff'), true)
      await drag('photo', new File(bytes(900), 'refused.png'), true)
      await appeared('[data-field="/input/photo"] [role="alert"]')
      await drag('letter', new File(bytes(900), 'letter.pdf'), false)
    },
  },
}
