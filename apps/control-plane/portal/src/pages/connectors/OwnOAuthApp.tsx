import { Badge, Button, Callout, Card, Field, Input, SecretInput, useToast } from '@inlay/embed-ui/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { client } from '../../client.js'
import { ConfirmCall } from '../../layout/ConfirmCall.js'
import { Loaded } from '../../layout/Loaded.js'
import { useCall } from '../../useCall.js'
import { CopyField } from './CopyField.js'
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
  const [clientId, setClientId] = useState(app.clientId ?? '')
  const [clientSecret, setClientSecret] = useState('')
  const [isRemoving, setRemoving] = useState(false)
  const onChanged = useTold(id)
  const save = useCall(
    () =>
      client.oauthClients.set.mutate({
        connector: id,
        clientId,
        clientSecret: clientSecret === '' ? null : clientSecret,
      }),
    () => {
      setClientSecret('')
      onChanged()
    },
  )
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate(undefined)
  }
  return (
    <Card isPadded>
      <form className="form" onSubmit={submit}>
        <RedirectUri name={name} app={app} />
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
      {isRemoving && (
        <ConfirmCall
          title="Remove your OAuth app?"
          text="Accounts that were connected with it have to be connected again."
          confirmLabel="Remove"
          call={() => client.oauthClients.delete.mutate({ connector: id })}
          onClose={() => setRemoving(false)}
          onDone={onChanged}
        />
      )}
    </Card>
  )
}

/** Where the service sends people back to, with the former address while the app still uses it. */
function RedirectUri({ name, app }: Pick<OwnOAuthAppProps, 'name'> & { readonly app: OAuthApp }) {
  const { redirectUri, usedRedirectUri } = app
  return (
    <>
      <CopyField
        label="Redirect URI"
        help={`Enter it where you have registered your app at ${name}.`}
        text={redirectUri}
        copyLabel="Copy the redirect URI"
      />
      {usedRedirectUri !== null && usedRedirectUri !== redirectUri && (
        <Callout tone="info" title="Your app is still called back at its former address">
          Now: <code>{usedRedirectUri}</code>. Register the one above as well, then save again; the former one can go
          after that.
        </Callout>
      )}
    </>
  )
}

/** Says that it was saved, and reads again what it changes. */
function useTold(id: string): () => void {
  const queries = useQueryClient()
  const toast = useToast()
  return () => {
    toast({ tone: 'success', title: 'Saved' })
    for (const key of ['oauth-client', 'connector-settings']) void queries.invalidateQueries({ queryKey: [key, id] })
  }
}
