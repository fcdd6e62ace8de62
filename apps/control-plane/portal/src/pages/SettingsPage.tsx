import {
  Button,
  Callout,
  Card,
  CodeBlock,
  ConfirmDialog,
  Dialog,
  Facts,
  Field,
  PageHeader,
  RelativeTime,
  Table,
  Textarea,
} from '@inlay/embed-ui/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { client } from '../client.js'
import { DefaultGuardrails } from '../guardrails/DefaultGuardrails.js'
import { Loaded } from '../layout/Loaded.js'
import { AgentPrompt } from '../setup/AgentPrompt.js'
import { useCall } from '../useCall.js'

/** What embedding needs: where the builder may appear, and the keys that sign its tokens. */
export function SettingsPage() {
  const tenant = useQuery({ queryKey: ['tenant'], queryFn: () => client.tenant.get.query({}) })
  return (
    <>
      <PageHeader title="Settings" description="Where the builder may appear, who may open it, and what it offers." />
      <Loaded query={tenant}>
        {({ id, slug, allowedOrigins }) => (
          <div className="sections">
            <Card isPadded>
              <Facts
                facts={[
                  { label: 'Tenant id', value: <code>{id}</code> },
                  { label: 'Short name', value: slug },
                  { label: 'Address for agents (MCP)', value: <code>{window.location.origin}/mcp</code> },
                  { label: 'Documentation', value: <Documentation /> },
                ]}
              />
            </Card>
            <AgentPrompt tenantId={id} allowedOrigins={allowedOrigins} />
            <Origins origins={allowedOrigins} />
            <SigningKeys />
            <DefaultGuardrails />
          </div>
        )}
      </Loaded>
    </>
  )
}

function Documentation() {
  return (
    <>
      <a href="/docs" target="_blank" rel="noreferrer">
        API
      </a>
      {', '}
      <a href="/docs/errors" target="_blank" rel="noreferrer">
        errors
      </a>
      {', '}
      <a href="/llms.txt" target="_blank" rel="noreferrer">
        guides
      </a>
    </>
  )
}

function Origins({ origins }: { readonly origins: readonly string[] }) {
  const queries = useQueryClient()
  const [text, setText] = useState(origins.join('\n'))
  const save = useCall(
    () =>
      client.tenant.update.mutate({
        allowedOrigins: text
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
      }),
    () => void queries.invalidateQueries({ queryKey: ['tenant'] }),
  )
  return (
    <Card isPadded>
      <div className="form">
        <Field
          label="Allowed origins"
          help="Pages that may show the builder, one a line, such as https://app.example.com"
        >
          <Textarea isMono value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        <div>
          <Button isBusy={save.isPending} disabled={text === origins.join('\n')} onClick={() => save.mutate(undefined)}>
            Save
          </Button>
        </div>
      </div>
    </Card>
  )
}

function SigningKeys() {
  const queries = useQueryClient()
  const keys = useQuery({ queryKey: ['signing-keys'], queryFn: () => client.signingKeys.list.query({}) })
  const refresh = (): void => void queries.invalidateQueries({ queryKey: ['signing-keys'] })
  const create = useCall(() => client.signingKeys.create.mutate({}), refresh)
  const [revoking, setRevoking] = useState<{ readonly id: string; readonly kid: string }>()
  const revoke = useCall(
    (id: string) => client.signingKeys.revoke.mutate({ id }),
    () => {
      setRevoking(undefined)
      refresh()
    },
  )
  const privateKey = create.data?.privateKey
  return (
    <section>
      <div className="section-title">
        <h2>Signing keys</h2>
        <Button
          size="small"
          icon={<Plus size={14} />}
          isBusy={create.isPending}
          onClick={() => create.mutate(undefined)}
        >
          New key
        </Button>
      </div>
      <Loaded query={keys}>
        {({ data }) => (
          <Card isPadded={false}>
            <Table
              label="Signing keys"
              rows={data}
              rowKey={({ id }) => id}
              columns={[
                { id: 'kid', header: 'Key id', isTitle: true, cell: ({ kid }) => <code>{kid}</code> },
                { id: 'algorithm', header: 'Algorithm', cell: ({ algorithm }) => algorithm },
                {
                  id: 'created',
                  header: 'Made',
                  narrowLabel: 'Made',
                  isSecondary: true,
                  cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
                },
                {
                  id: 'actions',
                  header: 'Actions',
                  isHeaderHidden: true,
                  align: 'end',
                  cell: (key) => (
                    <Button size="small" variant="ghost" onClick={() => setRevoking(key)}>
                      Revoke
                    </Button>
                  ),
                },
              ]}
            />
          </Card>
        )}
      </Loaded>
      {revoking !== undefined && (
        <ConfirmDialog
          isOpen
          isDanger
          isBusy={revoke.isPending}
          title="Revoke this signing key?"
          text={
            <>
              Tokens signed with <code>{revoking.kid}</code> are refused from now on, so the builder no longer opens for
              a backend that still uses it. This cannot be undone.
            </>
          }
          confirmLabel="Revoke"
          onConfirm={() => revoke.mutate(revoking.id)}
          onClose={() => setRevoking(undefined)}
        />
      )}
      {privateKey !== undefined && privateKey !== null && (
        <Dialog
          isOpen
          onClose={() => create.reset()}
          title="Your new signing key"
          footer={
            <Button variant="primary" onClick={() => create.reset()}>
              Done
            </Button>
          }
        >
          <Callout tone="warning" title="Copy it now">
            The private half is shown this once. Your backend signs embed tokens with it.
          </Callout>
          <CodeBlock code={privateKey} label="Private key" />
        </Dialog>
      )}
    </section>
  )
}
