import { Button, Callout, Field, Input, LoadingState } from '@inlay/embed-ui/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Workflow } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { appearanceOf } from '../branding/brand.js'
import { ReadableTheme } from '../branding/ReadableTheme.js'
import { client } from '../client.js'
import { inWords } from '../failure.js'
import { BrandLogo } from '../layout/BrandLogo.js'
import { type KnownBrand, readKnownBrand, useSitePage } from './known-brand.js'

interface SignInPageProps {
  readonly onSignedIn: () => void
}

/** Signing in with e-mail address and password; at a tenant's own domain in that tenant's look. */
export function SignInPage({ onSignedIn }: SignInPageProps) {
  const [known] = useState(readKnownBrand)
  const site = useQuery({ queryKey: ['site'], queryFn: () => client.domains.site.query({}), staleTime: Infinity })
  const tenant = site.data?.tenant ?? undefined
  useSitePage(tenant)
  // Nobody else's look shall come first.
  if (site.isPending) return <LoadingState />
  if (tenant === undefined) return <SignInForm brand={known} onSignedIn={onSignedIn} />
  const appearance = appearanceOf(tenant)
  return (
    <ReadableTheme appearance={appearance}>
      <SignInForm brand={{ ...tenant, colorScheme: appearance.colorScheme }} onSignedIn={onSignedIn} />
    </ReadableTheme>
  )
}

interface SignInFormProps extends SignInPageProps {
  readonly brand: KnownBrand | undefined
}

function SignInForm({ brand, onSignedIn }: SignInFormProps) {
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
  const error = signIn.isError ? inWords(signIn.error) : undefined
  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={submit}>
        <SignInHead brand={brand} />
        <p>Manage the automations of your customers.</p>
        {error !== undefined && (
          <Callout tone="danger" title={error.title}>
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

/** Whose portal it is, as far as that is known. */
function SignInHead({ brand }: Pick<SignInFormProps, 'brand'>) {
  return (
    <>
      {brand === undefined || (brand.logo === null && brand.logoDark === null) ? (
        <span className="sign-in-mark" aria-hidden="true">
          <Workflow size={21} />
        </span>
      ) : (
        <BrandLogo {...brand} alt={brand.name} />
      )}
      <h1>{brand === undefined ? 'Sign in' : `Sign in to ${brand.name}`}</h1>
    </>
  )
}
