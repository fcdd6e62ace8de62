import { Button, Card, Field, Input, Select, Switch, Textarea, useToast } from '@inlay/embed-ui/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { client } from '../../client.js'
import { Loaded } from '../../layout/Loaded.js'
import { useCall } from '../../useCall.js'
import { IconField } from './IconField.js'
import type { Availability, ConnectorSettings } from './types.js'

/** What the tenant makes of a connector. */
export function ConnectorSettingsForm({ id }: { readonly id: string }) {
  const settings = useQuery({
    queryKey: ['connector-settings', id],
    queryFn: () => client.connectors.settings.query({ id }),
  })
  return <Loaded query={settings}>{(data) => <SettingsForm key={id} id={id} settings={data} />}</Loaded>
}

const AVAILABILITIES: readonly { readonly value: Availability | ''; readonly label: string }[] = [
  { value: '', label: 'As for new connectors' },
  { value: 'enabled', label: 'On' },
  { value: 'disabled', label: 'Off: not in anything new' },
  { value: 'blocked', label: 'Blocked: every call is refused' },
]

const HELP: Readonly<Record<Availability | '', string>> = {
  '': 'Follows what you have said for new connectors.',
  enabled: 'Customers can use it.',
  disabled: 'Published automations go on; drafts that use it cannot be published.',
  blocked: 'Published automations fail at its steps within seconds.',
}

function SettingsForm({ id, settings }: { readonly id: string; readonly settings: ConnectorSettings }) {
  const queries = useQueryClient()
  const toast = useToast()
  const [availability, setAvailability] = useState<Availability | ''>(settings.availability ?? '')
  const [isHidden, setHidden] = useState(settings.hidden)
  const [name, setName] = useState(settings.name ?? '')
  const [description, setDescription] = useState(settings.description ?? '')
  const [icon, setIcon] = useState(settings.icon)
  const save = useCall(
    () =>
      client.connectors.configure.mutate({
        id,
        availability: availability === '' ? null : availability,
        hidden: isHidden,
        name: name.trim() === '' ? null : name,
        description: description.trim() === '' ? null : description,
        icon,
      }),
    () => {
      toast({ tone: 'success', title: 'Saved' })
      for (const key of [['connectors'], ['connector', id], ['connector-settings', id]]) {
        void queries.invalidateQueries({ queryKey: key })
      }
    },
  )
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate(undefined)
  }
  return (
    <Card isPadded>
      <form className="form" onSubmit={submit}>
        <Field label="Customers can use it" help={HELP[availability]}>
          <Select
            value={availability}
            options={AVAILABILITIES}
            // The options are the values of AVAILABILITIES.
            onValueChange={(next) => setAvailability(next as Availability | '')}
          />
        </Field>
        <Switch isOn={isHidden} onChange={setHidden} label="Leave it out of the lists that customers choose from" />
        <Field label="Name" help="Shown in place of the connector's own." isOptional>
          <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Description" isOptional>
          <Textarea value={description} maxLength={500} onChange={(event) => setDescription(event.target.value)} />
        </Field>
        <IconField value={icon} onChange={setIcon} />
        <div>
          <Button type="submit" variant="primary" isBusy={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Card>
  )
}
