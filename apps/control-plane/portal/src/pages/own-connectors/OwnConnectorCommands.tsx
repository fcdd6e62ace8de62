import { IconButton, Menu, useToast } from '@inlay/embed-ui/ui'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { client } from '../../client.js'
import { ConfirmCall } from '../../layout/ConfirmCall.js'
import { ReplaceSecret } from '../../layout/ReplaceSecret.js'
import { useCall } from '../../useCall.js'
import type { OwnConnector } from './own-connector.js'
import { SharedSecretDialog } from './SharedSecretDialog.js'

interface OwnConnectorCommandsProps {
  readonly row: OwnConnector
  readonly onChanged: () => void
}

/** What can be done with one of the vendor's own connectors. */
export function OwnConnectorCommands({ row, onChanged }: OwnConnectorCommandsProps) {
  const { id, connector, url, source } = row
  const name = connector ?? url ?? id
  const [asking, setAsking] = useState<'rotate' | 'delete'>()
  const close = (): void => setAsking(undefined)
  const fetchAgain = useFetchAgain(id, onChanged)
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`More about ${name}`} variant="ghost">
            <Ellipsis size={16} />
          </IconButton>
        }
        items={[
          ...(source === 'remote'
            ? [
                { id: 'refresh', label: 'Fetch again', onSelect: fetchAgain },
                { id: 'rotate', label: 'New secret', onSelect: () => setAsking('rotate') },
              ]
            : []),
          { id: 'delete', label: 'Delete', isDanger: true, onSelect: () => setAsking('delete') },
        ]}
      />
      {asking === 'rotate' && (
        <ReplaceSecret
          text="Calls are signed with the new one from now on, and with the old one too until your backend knows the new one."
          call={() => client.tenantConnectors.rotateSecret.mutate({ id })}
          onClose={close}
        >
          {(secret) => <SharedSecretDialog secret={secret} onClose={close} />}
        </ReplaceSecret>
      )}
      {asking === 'delete' && (
        <ConfirmCall
          title={`Delete “${name}”?`}
          text="Automations that use it fail at its steps from now on."
          confirmLabel="Delete"
          call={() => client.tenantConnectors.delete.mutate({ id })}
          onClose={close}
          onDone={onChanged}
        />
      )}
    </>
  )
}

function useFetchAgain(id: string, onChanged: () => void): () => void {
  const toast = useToast()
  const refresh = useCall(
    () => client.tenantConnectors.refresh.mutate({ id }),
    ({ status, detail }) => {
      if (status === 'failing')
        toast({ tone: 'danger', title: 'It does not answer as it should', detail: detail ?? '' })
      else toast({ tone: 'success', title: 'Fetched again' })
      onChanged()
    },
  )
  return () => refresh.mutate(undefined)
}
