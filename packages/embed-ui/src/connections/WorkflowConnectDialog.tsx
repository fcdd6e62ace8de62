import type { Connection, ConnectorSummary } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useWhileShown } from '../ui/useWhileShown.js'
import { ConnectDialog } from './ConnectDialog.js'

export interface WorkflowConnectDialogProps {
  readonly connector: ConnectorSummary
  /** An account that is connected again. @default none: a new one */
  readonly existing?: Connection
  readonly onClose: () => void
  /** Called once the account is among those of the editor, after the dialog has closed. */
  readonly onConnected: (connection: Connection) => void
}

/** Connects an account of the customer whose workflow is open. */
export function WorkflowConnectDialog({ onClose, onConnected, ...account }: WorkflowConnectDialogProps) {
  const { client, workflow, product, customer, reloadConnections } = useEditor()
  // Who has closed the dialog meanwhile finds the account in the list, and chooses it or not.
  const finish = useWhileShown((connection: Connection) => {
    onClose()
    onConnected(connection)
  })
  return (
    <ConnectDialog
      client={client}
      customerId={workflow.customerId}
      product={product}
      customer={customer}
      {...account}
      onClose={onClose}
      onConnected={async (connection) => {
        await reloadConnections()
        finish(connection)
      }}
    />
  )
}
