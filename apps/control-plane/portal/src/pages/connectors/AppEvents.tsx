import { ObjectForm } from '@inlay/embed-ui'
import { Button, Card, ConfirmDialog, useToast } from '@inlay/embed-ui/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { client } from '../../client.js'
import { Loaded } from '../../layout/Loaded.js'
import { useCall } from '../../useCall.js'
import { CopyField } from './CopyField.js'
import { FirstAppEvents } from './FirstAppEvents.js'
import type { AppEndpoint } from './types.js'

interface AppEventsProps {
  readonly id: string
  readonly name: string
}

/** The one address to which a service tells of all accounts that use the tenant's app. */
export function AppEvents({ id, name }: AppEventsProps) {
  const endpoint = useQuery({
    queryKey: ['app-events', id],
    queryFn: () => client.triggers.appEndpoint.query({ connector: id }),
  })
  return (
    <section>
      <div className="section-title">
        <h2>Events of your app</h2>
      </div>
      <Loaded query={endpoint}>
        {({ url, ...data }) =>
          url === null ? (
            <FirstAppEvents id={id} name={name} endpoint={data} onDone={() => void endpoint.refetch()} />
          ) : (
            <Endpoint key={url} id={id} name={name} url={url} endpoint={data} />
          )
        }
      </Loaded>
    </section>
  )
}

interface EndpointProps extends AppEventsProps {
  readonly url: string
  readonly endpoint: Omit<AppEndpoint, 'url'>
}

function Endpoint({ id, name, url, endpoint }: EndpointProps) {
  const queries = useQueryClient()
  const toast = useToast()
  // What the API tells of settings is what the form made.
  const [settings, setSettings] = useState(endpoint.settings as Parameters<typeof ObjectForm>[0]['value'])
  const [isRotating, setRotating] = useState(false)
  const refresh = () => {
    setRotating(false)
    toast({ tone: 'success', title: 'Saved' })
    void queries.invalidateQueries({ queryKey: ['app-events', id] })
  }
  const save = useCall(() => client.triggers.setAppEndpoint.mutate({ connector: id, settings }), refresh)
  const rotate = useCall(() => client.triggers.rotateAppEndpoint.mutate({ connector: id }), refresh)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate(undefined)
  }
  return (
    <Card isPadded>
      <form className="form" onSubmit={submit}>
        <CopyField
          label="Address"
          help={endpoint.help ?? `Enter it at ${name}, in the settings of your app.`}
          text={url}
          copyLabel="Copy the address"
        />
        <ObjectForm schema={endpoint.settingsSchema} value={settings} onChange={setSettings} />
        <p className="muted">Secrets are stored encrypted and never shown again.</p>
        <div className="state">
          <Button type="submit" variant="primary" isBusy={save.isPending}>
            Save
          </Button>
          <Button onClick={() => setRotating(true)}>New address</Button>
        </div>
      </form>
      <ConfirmDialog
        isOpen={isRotating}
        onClose={() => setRotating(false)}
        onConfirm={() => rotate.mutate(undefined)}
        title="Make a new address?"
        text={`The old one stops working at once: nothing starts until ${name} knows the new one.`}
        confirmLabel="Make a new address"
        isDanger
        isBusy={rotate.isPending}
      />
    </Card>
  )
}
