import { WorkflowEditor } from '@inlay/embed-ui'
import { useLocation } from 'wouter'
import { client } from '../client.js'

/** A customer's automation in the builder, as an administrator of the tenant sees it. */
export function WorkflowPage({ id }: { readonly id: string }) {
  const [, navigate] = useLocation()
  return (
    <div className="editor">
      <WorkflowEditor key={id} client={client} workflowId={id} onBack={() => navigate('/workflows')} />
    </div>
  )
}
