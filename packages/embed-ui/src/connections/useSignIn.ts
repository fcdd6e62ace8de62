import { useEffect, useState } from 'react'
import type { Authorization, AuthorizationRequest } from '../data/api-types.js'
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
    confirm: (seen: Authorization) => void signIn.confirm(seen),
    reset: () => {
      signIn.dispose()
      setState({ stage: 'idle' })
    },
  }
}
