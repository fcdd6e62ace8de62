import { Button, Card, Facts, Field, PageHeader, Textarea, useToast } from '@inlay/embed-ui/ui'
import type { ApiClient } from '@inlay/sdk/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../client.js'
import { DefaultGuardrails } from '../guardrails/DefaultGuardrails.js'
import { Loaded } from '../layout/Loaded.js'
import { useLeaveGuard } from '../layout/leave-guard.js'
import { AgentPrompt } from '../setup/AgentPrompt.js'
import { useCall } from '../useCall.js'
import { useMay } from '../useMay.js'
import { useOwnOrigin } from '../useOwnOrigin.js'
import { readOrigins } from './read-origins.js'
import { SigningKeys } from './SigningKeys.js'

/** What embedding needs: where the builder may appear, and the keys that sign its tokens. */
export function SettingsPage() {
  const origin = useOwnOrigin()
  const tenant = useQuery({ queryKey: ['tenant'], queryFn: () => client.tenant.get.query({}) })
  return (
    <>
      <PageHeader title="Settings" description="Where the builder may appear, who may open it, and what it offers." />
      <Loaded query={origin}>
        {(baseUrl) => <Loaded query={tenant}>{(data) => <Settings tenant={data} baseUrl={baseUrl} />}</Loaded>}
      </Loaded>
    </>
  )
}

type Tenant = Awaited<ReturnType<ApiClient['tenant']['get']['query']>>

function Settings({ tenant, baseUrl }: { readonly tenant: Tenant; readonly baseUrl: string }) {
  const { id, slug, allowedOrigins } = tenant
  return (
    <div className="sections">
      <Card isPadded>
        <Facts
          facts={[
            { label: 'Tenant id', value: <code>{id}</code> },
            { label: 'Short name', value: slug },
            { label: 'Address for agents (MCP)', value: <code>{baseUrl}/mcp</code> },
            { label: 'Documentation', value: <Documentation /> },
          ]}
        />
      </Card>
      <AgentPrompt baseUrl={baseUrl} tenantId={id} allowedOrigins={allowedOrigins} />
      <Origins origins={allowedOrigins} />
      <SigningKeys />
      <DefaultGuardrails />
    </div>
  )
}

function Documentation() {
  return (
    <>
      <a className="reading" href="/docs" target="_blank" rel="noreferrer">
        API
      </a>
      {', '}
      <a className="reading" href="/docs/errors" target="_blank" rel="noreferrer">
        errors
      </a>
      {', '}
      <a className="reading" href="/llms.txt" target="_blank" rel="noreferrer">
        guides
      </a>
    </>
  )
}

function Origins({ origins }: { readonly origins: readonly string[] }) {
  const queries = useQueryClient()
  const toast = useToast()
  const mayChange = useMay()('tenant:update')
  const [text, setText] = useState(origins.join('\n'))
  const isChanged = text !== origins.join('\n')
  useLeaveGuard(isChanged)
  const read = readOrigins(text)
  const save = useCall(
    () => client.tenant.update.mutate({ allowedOrigins: [...read.origins] }),
    (kept) => {
      // As they are kept: of an address, its origin.
      setText(kept.allowedOrigins.join('\n'))
      queries.setQueryData(['tenant'], kept)
      toast({ tone: 'success', title: 'Saved' })
    },
  )
  return (
    <Card isPadded>
      <div className="form">
        <Field
          label="Allowed origins"
          help="Pages that may show the builder, one a line, such as https://app.example.com"
          {...(read.wrong === undefined ? {} : { error: `“${read.wrong}” is no address that begins with https://.` })}
        >
          <Textarea isMono readOnly={!mayChange} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
        {mayChange && (
          <div>
            <Button
              isBusy={save.isPending}
              disabled={!isChanged || read.wrong !== undefined}
              onClick={() => save.mutate(undefined)}
            >
              Save
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}
