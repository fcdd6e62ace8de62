import { ObjectForm } from '@inlay/embed-ui'
import { Button, Callout, Card } from '@inlay/embed-ui/ui'
import { toApiError } from '@inlay/sdk/client'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { client } from '../../client.js'

interface FirstAppEventsProps {
  readonly id: string
  readonly name: string
  readonly onDone: () => void
}

/**
 * Sets up an app's events for the first time. Which settings that takes, the API says only once they are not complete: it is
 * asked with none.
 */
export function FirstAppEvents({ id, name, onDone }: FirstAppEventsProps) {
  const [fields, setFields] = useState<readonly string[]>([])
  const [settings, setSettings] = useState<Parameters<typeof ObjectForm>[0]['value']>({})
  const [problem, setProblem] = useState<string>()
  const setUp = useMutation({
    mutationFn: () => client.triggers.setAppEndpoint.mutate({ connector: id, settings }),
    onSuccess: onDone,
    onError: (thrown) => {
      const error = toApiError(thrown)
      const missing = error.issues.flatMap(({ pointer }) => /^\/settings\/([^/]+)$/.exec(pointer)?.[1] ?? [])
      setFields([...new Set([...fields, ...missing])])
      setProblem(fields.length > 0 || missing.length === 0 ? error.message : undefined)
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setUp.mutate()
  }
  return (
    <Card isPadded>
      <form className="form" onSubmit={submit}>
        <p className="muted">{`${name} tells of what happens at one address, for all accounts that use your app.`}</p>
        {problem !== undefined && <Callout tone="danger">{problem}</Callout>}
        {fields.length > 0 && <ObjectForm schema={secretsOf(fields)} value={settings} onChange={setSettings} />}
        <div>
          <Button type="submit" variant="primary" isBusy={setUp.isPending}>
            {fields.length === 0 ? 'Set up' : 'Save'}
          </Button>
        </div>
      </form>
    </Card>
  )
}

/** Anything that is asked for may be a secret. */
function secretsOf(fields: readonly string[]) {
  const properties = Object.fromEntries(fields.map((field) => [field, { type: 'string', format: 'password' }]))
  return { type: 'object', properties, required: fields }
}
