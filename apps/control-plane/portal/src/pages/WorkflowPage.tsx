import { WorkflowEditor } from '@inlay/embed-ui'
import { useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { client } from '../client.js'
import { placeOfStep } from './step-address.js'
import { UpgradeNotice } from './UpgradeNotice.js'

/** A customer's automation in the builder, as an administrator of the tenant sees it. */
export function WorkflowPage({ id }: { readonly id: string }) {
  const [, navigate] = useLocation()
  const search = useSearch()
  const [opened, setOpened] = useState(0)
  return (
    <div className="editor">
      <UpgradeNotice workflowId={id} onUpgraded={() => setOpened(opened + 1)} />
      {/* A draft that was changed from outside is opened anew, as is one that an address leads into. */}
      <Editor key={`${id} ${opened} ${search}`} id={id} search={search} onBack={() => navigate('/workflows')} />
    </div>
  )
}

interface EditorProps {
  readonly id: string
  readonly search: string
  readonly onBack: () => void
}

function Editor({ id, search, onBack }: EditorProps) {
  const [place, setPlace] = useState(() => placeOfStep(search))
  return <WorkflowEditor client={client} workflowId={id} place={place} onPlaceChange={setPlace} onBack={onBack} />
}
