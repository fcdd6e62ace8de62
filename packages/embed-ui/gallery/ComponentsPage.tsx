import { Inbox, Plus } from 'lucide-react'
import { useState } from 'react'
import {
  Badge,
  Button,
  Callout,
  Card,
  Checkbox,
  CodeBlock,
  Combobox,
  Dialog,
  Disclosure,
  EmptyState,
  Facts,
  Field,
  IconButton,
  Input,
  Menu,
  PageHeader,
  RunStatusBadge,
  SecretInput,
  Select,
  Skeleton,
  Switch,
  Table,
  Textarea,
} from '../src/ui.js'

const STATUSES = [
  'pending',
  'running',
  'waiting',
  'retrying',
  'suspended',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
] as const
const ROWS = [
  { id: '1', name: 'Acme Books', status: 'succeeded', runs: '12,408' },
  { id: '2', name: 'Northern Bakery', status: 'failed', runs: '311' },
] as const

/** Every basic component in its states. */
export function ComponentsPage() {
  return (
    <div style={{ height: '100%', overflow: 'auto' }}>
      <div className="gallery-stack">
        <PageHeader
          title="Components"
          description="The parts that the builder and the portal are made of."
          actions={<Buttons />}
        />
        <div className="gallery-row">
          {STATUSES.map((status) => (
            <RunStatusBadge key={status} status={status} />
          ))}
          <Badge>Test</Badge>
        </div>
        <Fields />
        <Callouts />
        <Card isPadded={false}>
          <Table
            label="Customers"
            rows={ROWS}
            rowKey={({ id }) => id}
            onRowClick={() => {}}
            columns={[
              { id: 'name', header: 'Customer', cell: ({ name }) => name },
              { id: 'status', header: 'Last run', cell: ({ status }) => <RunStatusBadge status={status} /> },
              { id: 'runs', header: 'Runs', align: 'end', cell: ({ runs }) => runs },
            ]}
          />
        </Card>
        <Card>
          <Facts
            facts={[
              { label: 'Status', value: <RunStatusBadge status="waiting" /> },
              { label: 'Id', value: 'run_0193a2f0c1' },
            ]}
          />
        </Card>
        <CodeBlock
          label="Example"
          code={'curl -X POST https://automation.example.com/hooks/abc \\\n  -d \'{"a":1}\''}
        />
        <Card>
          <EmptyState
            icon={<Inbox size={20} />}
            title="No customers yet"
            text="Customers appear when your product signs a token for them."
            actions={<Button variant="primary">Add customer</Button>}
          />
        </Card>
        <Disclosure title="Settings" note="3 attempts">
          <Skeleton width="60%" />
          <Skeleton width="40%" />
        </Disclosure>
      </div>
    </div>
  )
}

function Buttons() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Menu
        trigger={<Button>Menu</Button>}
        items={[
          { id: 'a', label: 'Duplicate', shortcut: 'Ctrl D', onSelect: () => {} },
          { id: 'b', label: 'Delete', isDanger: true, startsGroup: true, onSelect: () => {} },
        ]}
      />
      <Button isBusy>Saving</Button>
      <Button variant="danger">Delete</Button>
      <Button variant="ghost">Ghost</Button>
      <IconButton label="Add">
        <Plus size={16} />
      </IconButton>
      <Button variant="primary" onClick={() => setOpen(true)}>
        Open dialog
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title="Create an API key"
        description="Keys let your backend call the API."
        footer={<Button variant="primary">Create</Button>}
      >
        <Field label="Name">
          <Input />
        </Field>
      </Dialog>
    </>
  )
}

function Fields() {
  const [isOn, setOn] = useState(true)
  const [choice, setChoice] = useState('b')
  const options = ['a', 'b', 'c'].map((value) => ({ value, label: `Choice ${value.toUpperCase()}` }))
  return (
    <div className="gallery-grid">
      <Field label="Name" help="What people call it.">
        <Input defaultValue="Acme Books" />
      </Field>
      <Field label="E-mail" error="This is no e-mail address." isOptional>
        <Input defaultValue="kim@" />
      </Field>
      <Field label="Plan">
        <Select options={options} value={choice} onValueChange={setChoice} />
      </Field>
      <Field label="Channel">
        <Combobox options={options} value={choice} onValueChange={setChoice} />
      </Field>
      <Field label="Secret">
        <SecretInput defaultValue="hidden" />
      </Field>
      <Field label="Notes">
        <Textarea placeholder="Anything" />
      </Field>
      <Switch isOn={isOn} onChange={setOn} label="Enabled" />
      <Checkbox isOn={isOn} onChange={setOn} label="Send me an e-mail when a run fails" />
    </div>
  )
}

function Callouts() {
  return (
    <>
      <Callout tone="info">Requests start runs once the workflow is published.</Callout>
      <Callout tone="success" title="Version 3 is live" />
      <Callout
        tone="warning"
        title="Somebody else changed this workflow"
        actions={<Button size="small">Load it</Button>}
      >
        Your last changes are not saved.
      </Callout>
      <Callout tone="danger" title="The connection does not work">
        The token was revoked.
      </Callout>
    </>
  )
}
