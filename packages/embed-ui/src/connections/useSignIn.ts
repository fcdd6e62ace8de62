import { useEffect, useState } from 'react'
import type { AuthorizationRequest } from '../data/api-types.js'
import type { ConnectClient } from '../data/client.js'
import { SignIn, type SignInState } from './sign-in.js'

/** A person's signing in to a service, given up when the component goes. */
export function useSignIn(client: ConnectClient) {
  const [state, setState] = useState<SignInState>({ stage: 'idle' })
  const [signIn] = useState(() => new SignIn({ client, onState: setState }))
  useEffect(() => () => signIn.dispose(), [signIn])
  return {
    state,
    start: (request: AuthorizationRequest) => signIn.start(request),
    confirm: (id: string) => void signIn.confirm(id),
    reset: () => {
      signIn.dispose()
      setState({ stage: 'idle' })
    },
  }
}
