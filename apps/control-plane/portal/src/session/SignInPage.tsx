import { Button, Callout, Field, Input } from '@inlay/embed-ui/ui'
import { toApiError } from '@inlay/sdk/client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Workflow } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { client } from '../client.js'
import { BrandLogo } from '../layout/BrandLogo.js'
import { readKnownBrand, useSitePage } from './known-brand.js'

/** Signing in with e-mail address and password. */
export function SignInPage({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const [known] = useState(readKnownBrand)
  const site = useQuery({ queryKey: ['site'], queryFn: () => client.domains.site.query({}), staleTime: Infinity })
  // At its own domain a tenant is known to everybody, whoever has signed in before.
  const brand = site.data?.tenant ?? known
  useSitePage(site.data?.tenant ?? undefined)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => client.auth.signIn.mutate({ email, password }),
    onSuccess: onSignedIn,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    signIn.mutate()
  }
  const error = signIn.isError ? toApiError(signIn.error) : undefined
  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={submit}>
        {brand === undefined || (brand.logo === null && brand.logoDark === null) ? (
          <span className="sign-in-mark" aria-hidden="true">
            <Workflow size={21} />
          </span>
        ) : (
          <BrandLogo logo={brand.logo} logoDark={brand.logoDark} alt={brand.name} />
        )}
        <h1>{brand === undefined ? 'Sign in' : `Sign in to ${brand.name}`}</h1>
        <p>Manage the automations of your customers.</p>
        {error !== undefined && (
          <Callout tone="danger" title={error.message}>
            {error.detail}
          </Callout>
        )}
        <Field label="E-mail address">
          <Input
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field label="Password">
          <Input
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Button type="submit" variant="primary" isBusy={signIn.isPending}>
          Sign in
        </Button>
      </form>
    </main>
  )
}
