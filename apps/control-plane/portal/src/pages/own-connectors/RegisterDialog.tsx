import { Field, Input } from '@inlay/embed-ui/ui'
import { useState } from 'react'
import { client } from '../../client.js'
import { FormDialog } from '../../layout/FormDialog.js'
import { useCall } from '../../useCall.js'
import { SharedSecretDialog } from './SharedSecretDialog.js'

interface AddDialogProps {
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Registers a connector that the vendor's backend serves, by its address. */
export function RegisterDialog({ onClose, onDone }: AddDialogProps) {
  const [url, setUrl] = useState('')
  const register = useCall(() => client.tenantConnectors.registerRemote.mutate({ url: url.trim() }), onDone)
  if (register.data !== undefined) return <SharedSecretDialog secret={register.data.secret} onClose={onClose} />
  return (
    <FormDialog
      onClose={onClose}
      title="Register a connector"
      description="Your backend serves it at one address. You get the secret that both sides sign with."
      submitLabel="Register"
      isBusy={register.isPending}
      onSubmit={() => register.mutate(undefined)}
    >
      <Field label="Address" help="Where your backend serves the connector, over https.">
        <Input
          required
          type="url"
          isMono
          placeholder="https://api.example.com/connector"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
      </Field>
    </FormDialog>
  )
}
