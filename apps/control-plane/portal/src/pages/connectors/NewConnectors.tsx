import { Button, Checkbox, Dialog, Field, Select } from '@inlay/embed-ui/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../client.js'
import { useCall } from '../../useCall.js'

type Wanted = 'enabled' | 'disabled'

/** Says what holds for connectors that a later release of the deployment brings. */
export function NewConnectors() {
  const defaults = useQuery({ queryKey: ['catalog-settings'], queryFn: () => client.connectors.defaults.query({}) })
  const [isOpen, setOpen] = useState(false)
  if (defaults.data === undefined) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        New connectors: {defaults.data.newConnectors === 'enabled' ? 'on' : 'off'}
      </Button>
      {isOpen && <DefaultsDialog current={defaults.data.newConnectors} onClose={() => setOpen(false)} />}
    </>
  )
}

function DefaultsDialog({ current, onClose }: { readonly current: Wanted; readonly onClose: () => void }) {
  const queries = useQueryClient()
  const [wanted, setWanted] = useState(current)
  const [keepsCurrent, setKeepsCurrent] = useState(true)
  const save = useCall(
    () => client.connectors.setDefaults.mutate({ newConnectors: wanted, keepCurrent: keepsCurrent }),
    () => {
      for (const key of ['catalog-settings', 'connectors']) void queries.invalidateQueries({ queryKey: [key] })
      onClose()
    },
  )
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="New connectors"
      description="What holds for connectors that a later release brings, and for those without a setting of their own."
      width="small"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" isBusy={save.isPending} onClick={() => save.mutate(undefined)}>
            Save
          </Button>
        </>
      }
    >
      <div className="form">
        <Field label="New connectors are">
          <Select
            value={wanted}
            options={[
              { value: 'enabled', label: 'On: customers can use them at once' },
              { value: 'disabled', label: 'Off: until you turn each on' },
            ]}
            onValueChange={(next) => setWanted(next === 'enabled' ? 'enabled' : 'disabled')}
          />
        </Field>
        <Checkbox isOn={keepsCurrent} onChange={setKeepsCurrent} label="Keep those that there are as they are" />
      </div>
    </Dialog>
  )
}
