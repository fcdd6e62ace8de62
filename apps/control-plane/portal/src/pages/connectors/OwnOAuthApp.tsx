import { Badge, Button, Card, ConfirmDialog, CopyButton, Field, Input, SecretInput, useToast } from '@inlay/embed-ui/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { client } from '../../client.js'
import { Loaded } from '../../layout/Loaded.js'
import { useCall } from '../../useCall.js'
import type { OAuthApp } from './types.js'

interface OwnOAuthAppProps {
  readonly id: string
  readonly name: string
}

/** The tenant's own app at a service: with it, consent screens show the tenant's name. */
export function OwnOAuthApp({ id, name }: OwnOAuthAppProps) {
  const app = useQuery({
    queryKey: ['oauth-client', id],
    queryFn: () => client.oauthClients.get.query({ connector: id }),
  })
  return (
    <section>
      <div className="section-title">
        <h2>Your own OAuth app</h2>
        {app.data !== undefined && <Source source={app.data.source} />}
      </div>
      <Loaded query={app}>{(data) => <AppForm key={data.clientId} id={id} name={name} app={data} />}</Loaded>
    </section>
  )
}

function Source({ source }: Pick<OAuthApp, 'source'>) {
  if (source === 'tenant') return <Badge tone="success">Yours is used</Badge>
  return source === 'operator' ? (
    <Badge>The one of this deployment is used</Badge>
  ) : (
    <Badge tone="warning">None yet</Badge>
  )
}

function AppForm({ id, name, app }: OwnOAuthAppProps & { readonly app: OAuthApp }) {
  const queries = useQueryClient()
  const toast = useToast()
  const [clientId, setClientId] = useState(app.clientId ?? '')
  const [clientSecret, setClientSecret] = useState('')
  const [isRemoving, setRemoving] = useState(false)
  const refresh = () => {
    setClientSecret('')
    setRemoving(false)
    toast({ tone: 'success', title: 'Saved' })
    for (const key of ['oauth-client', 'connector-settings']) void queries.invalidateQueries({ queryKey: [key, id] })
  }
  const save = useCall(
    () =>
      client.oauthClients.set.mutate({
        connector: id,
        clientId,
        clientSecret: clientSecret === '' ? null : clientSecret,
      }),
    refresh,
  )
  const remove = useCall(() => client.oauthClients.delete.mutate({ connector: id }), refresh)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate(undefined)
  }
  return (
    <Card isPadded>
      <form className="form" onSubmit={submit}>
        <Field label="Redirect URI" help={`Enter it where you have registered your app at ${name}.`} isGroup>
          <span className="with-copy">
            <code>{app.redirectUri}</code>
            <CopyButton text={app.redirectUri} label="Copy the redirect URI" />
          </span>
        </Field>
        <Field label="Client id">
          <Input required isMono value={clientId} onChange={(event) => setClientId(event.target.value)} />
        </Field>
        <Field
          label="Client secret"
          help={
            app.hasSecret
              ? 'There is one. It is never shown; saving replaces it, and an empty field removes it.'
              : 'Leave it empty for apps without a secret. It is stored encrypted and never shown again.'
          }
          isOptional
        >
          <SecretInput value={clientSecret} onChange={(event) => setClientSecret(event.target.value)} />
        </Field>
        <div className="state">
          <Button type="submit" variant="primary" isBusy={save.isPending} disabled={clientId.trim() === ''}>
            Save
          </Button>
          {app.source === 'tenant' && <Button onClick={() => setRemoving(true)}>Remove your app</Button>}
        </div>
      </form>
      <ConfirmDialog
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        onConfirm={() => remove.mutate(undefined)}
        title="Remove your OAuth app?"
        text="Accounts that were connected with it have to be connected again."
        confirmLabel="Remove"
        isDanger
        isBusy={remove.isPending}
      />
    </Card>
  )
}
