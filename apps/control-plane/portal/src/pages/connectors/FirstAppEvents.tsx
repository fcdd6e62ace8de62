import { ObjectForm } from '@inlay/embed-ui'
import { Button, Callout, Card } from '@inlay/embed-ui/ui'
import { toApiError } from '@inlay/sdk/client'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { client } from '../../client.js'
import type { AppEndpoint } from './types.js'

interface FirstAppEventsProps {
  readonly id: string
  readonly name: string
  readonly endpoint: Omit<AppEndpoint, 'url'>
  readonly onDone: () => void
}

/** Sets up an app's events for the first time: the address is made when its settings are there. */
export function FirstAppEvents({ id, name, endpoint, onDone }: FirstAppEventsProps) {
  const [settings, setSettings] = useState<Parameters<typeof ObjectForm>[0]['value']>({})
  const [problem, setProblem] = useState<string>()
  const setUp = useMutation({
    mutationFn: () => client.triggers.setAppEndpoint.mutate({ connector: id, settings }),
    onSuccess: onDone,
    onError: (thrown) => setProblem(toApiError(thrown).message),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setUp.mutate()
  }
  return (
    <Card isPadded>
      <form className="form" onSubmit={submit}>
        <p className="muted">{`${name} tells of what happens at one address, for all accounts that use your app.`}</p>
        {endpoint.help !== null && <p className="muted">{endpoint.help}</p>}
        {problem !== undefined && <Callout tone="danger">{problem}</Callout>}
        <ObjectForm schema={endpoint.settingsSchema} value={settings} onChange={setSettings} />
        <div>
          <Button type="submit" variant="primary" isBusy={setUp.isPending}>
            Set up
          </Button>
        </div>
      </form>
    </Card>
  )
}
