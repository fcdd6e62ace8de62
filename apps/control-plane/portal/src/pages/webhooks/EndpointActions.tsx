import { Button, IconButton, Menu } from '@inlay/embed-ui/ui'
import { useQueryClient } from '@tanstack/react-query'
import { Ellipsis, Send } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../../client.js'
import { ConfirmCall } from '../../layout/ConfirmCall.js'
import { ReplaceSecret } from '../../layout/ReplaceSecret.js'
import { useCall } from '../../useCall.js'
import { useMay } from '../../useMay.js'
import { EndpointDialog } from './EndpointDialog.js'
import { type Endpoint, nameOf } from './endpoints.js'
import { WebhookSecretDialog } from './WebhookSecretDialog.js'

interface EndpointActionsProps {
  readonly endpoint: Endpoint
  readonly onChanged: () => void
}

/** What can be done with an endpoint. */
export function EndpointActions({ endpoint, onChanged }: EndpointActionsProps) {
  const may = useMay()
  const { id, enabled } = endpoint
  const [asking, setAsking] = useState<'change' | 'rotate' | 'delete'>()
  const close = (): void => setAsking(undefined)
  const test = useCall(() => client.webhookEndpoints.test.mutate({ id }), onChanged)
  const toggle = useCall(() => client.webhookEndpoints.update.mutate({ id, enabled: !enabled }), onChanged)
  if (!may('webhookEndpoints:write')) return null
  return (
    <>
      <Button
        icon={<Send size={16} />}
        isBusy={test.isPending}
        disabled={!enabled}
        onClick={() => test.mutate(undefined)}
      >
        Send test event
      </Button>
      <Menu
        trigger={
          <IconButton label="More about the endpoint">
            <Ellipsis size={16} />
          </IconButton>
        }
        items={[
          { id: 'change', label: 'Change', onSelect: () => setAsking('change') },
          { id: 'toggle', label: enabled ? 'Switch off' : 'Switch on', onSelect: () => toggle.mutate(undefined) },
          { id: 'rotate', label: 'New secret', onSelect: () => setAsking('rotate') },
          { id: 'delete', label: 'Delete', isDanger: true, startsGroup: true, onSelect: () => setAsking('delete') },
        ]}
      />
      {asking === 'change' && <EndpointDialog endpoint={endpoint} onSaved={onChanged} onClose={close} />}
      {asking === 'rotate' && (
        <ReplaceSecret
          text="For 24 hours messages carry two signatures, of the new secret and of the old one. Then only the new one holds."
          call={() => client.webhookEndpoints.rotate.mutate({ id })}
          onReplaced={onChanged}
          onClose={close}
        >
          {(secret) => <WebhookSecretDialog secret={secret} onClose={close} />}
        </ReplaceSecret>
      )}
      {asking === 'delete' && <DeleteDialog endpoint={endpoint} onClose={close} />}
    </>
  )
}

function DeleteDialog({ endpoint, onClose }: { readonly endpoint: Endpoint; readonly onClose: () => void }) {
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  return (
    <ConfirmCall
      title={`Delete “${nameOf(endpoint)}”?`}
      text="Your backend is told nothing there any more, and the log of deliveries goes with it."
      confirmLabel="Delete"
      call={() => client.webhookEndpoints.delete.mutate({ id: endpoint.id })}
      onClose={onClose}
      onDone={() => {
        navigate('/webhooks')
        void queries.invalidateQueries({ queryKey: ['webhooks'] })
      }}
    />
  )
}
