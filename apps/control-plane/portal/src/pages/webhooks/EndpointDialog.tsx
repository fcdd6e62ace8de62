import { Checkbox, Field, Input } from '@inlay/embed-ui/ui'
import { useState } from 'react'
import { client } from '../../client.js'
import { FormDialog } from '../../layout/FormDialog.js'
import { useCall } from '../../useCall.js'
import { type Endpoint, EVENTS, type EventType } from './endpoints.js'
import { WebhookSecretDialog } from './WebhookSecretDialog.js'

interface EndpointDialogProps {
  /** Undefined: a new one. */
  readonly endpoint?: Endpoint
  readonly onSaved: () => void
  readonly onClose: () => void
}

/** Adds an endpoint, or changes what it is told of. */
export function EndpointDialog({ endpoint, onSaved, onClose }: EndpointDialogProps) {
  const [url, setUrl] = useState(endpoint?.url ?? '')
  const [description, setDescription] = useState(endpoint?.description ?? '')
  const [types, setTypes] = useState<readonly EventType[]>(endpoint?.eventTypes ?? EVENTS.map(({ type }) => type))
  const [secret, setSecret] = useState<string>()
  const save = useCall(
    async () => {
      const address = endpoint?.kind === 'listener' ? {} : { url: url.trim() }
      const given = { ...address, description: description.trim(), eventTypes: [...types] }
      if (endpoint !== undefined) return client.webhookEndpoints.update.mutate({ ...given, id: endpoint.id })
      const made = await client.webhookEndpoints.create.mutate(given)
      setSecret(made.secret)
      return made
    },
    () => {
      onSaved()
      if (endpoint !== undefined) onClose()
    },
  )
  if (secret !== undefined) return <WebhookSecretDialog secret={secret} onClose={onClose} />
  return (
    <FormDialog
      title={endpoint === undefined ? 'New endpoint' : 'Change the endpoint'}
      submitLabel={endpoint === undefined ? 'Create' : 'Save'}
      isBusy={save.isPending}
      onSubmit={() => save.mutate(undefined)}
      onClose={onClose}
    >
      {endpoint?.kind !== 'listener' && (
        <Field label="Address" help="Where your backend takes webhooks, over https.">
          <Input
            required
            type="url"
            isMono
            placeholder="https://api.example.com/webhooks"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
      )}
      <Field label="Description" isOptional>
        <Input maxLength={200} value={description} onChange={(event) => setDescription(event.target.value)} />
      </Field>
      <EventTypes types={types} onChange={setTypes} />
    </FormDialog>
  )
}

interface EventTypesProps {
  readonly types: readonly EventType[]
  readonly onChange: (types: readonly EventType[]) => void
}

function EventTypes({ types, onChange }: EventTypesProps) {
  return (
    <Field label="It is told when" isGroup {...(types.length === 0 ? { error: 'Choose at least one.' } : {})}>
      <div className="choices">
        {EVENTS.map(({ type, label }) => (
          <Checkbox
            key={type}
            isOn={types.includes(type)}
            label={
              <span className="state-cell">
                {label}
                <small className="muted">{type}</small>
              </span>
            }
            onChange={(isOn) => onChange(isOn ? [...types, type] : types.filter((each) => each !== type))}
          />
        ))}
      </div>
    </Field>
  )
}
