import { Button, Dialog, Field, Input } from '@inlay/embed-ui/ui'
import { type FormEvent, useState } from 'react'
import { client } from '../../client.js'
import { useCall } from '../../useCall.js'
import { SecretDialog } from './SecretDialog.js'

interface AddDialogProps {
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Registers a connector that the vendor's backend serves, by its address. */
export function RegisterDialog({ onClose, onDone }: AddDialogProps) {
  const [url, setUrl] = useState('')
  const register = useCall(() => client.tenantConnectors.registerRemote.mutate({ url: url.trim() }), onDone)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    register.mutate(undefined)
  }
  if (register.data !== undefined) return <SecretDialog secret={register.data.secret} onClose={onClose} />
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Register a connector"
      description="Your backend serves it at one address. You get the secret that both sides sign with."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="register" variant="primary" isBusy={register.isPending}>
            Register
          </Button>
        </>
      }
    >
      <form id="register" className="form" onSubmit={submit}>
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
      </form>
    </Dialog>
  )
}
