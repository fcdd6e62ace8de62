import { WorkflowEditor } from '@inlay/embed-ui'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../client.js'
import { UpgradeNotice } from './UpgradeNotice.js'

/** A customer's automation in the builder, as an administrator of the tenant sees it. */
export function WorkflowPage({ id }: { readonly id: string }) {
  const [, navigate] = useLocation()
  const [opened, setOpened] = useState(0)
  return (
    <div className="editor">
      <UpgradeNotice workflowId={id} onUpgraded={() => setOpened(opened + 1)} />
      {/* A draft that was changed from outside is opened anew. */}
      <WorkflowEditor key={`${id} ${opened}`} client={client} workflowId={id} onBack={() => navigate('/workflows')} />
    </div>
  )
}
