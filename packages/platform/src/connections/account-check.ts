import {
  type AuthMethod,
  type AuthValues,
  type ConnectedAccount,
  type ConnectionTestContext,
  createServiceClient,
  Redactor,
} from '@inlay/engine'
import { callConnector } from '../catalog/index.js'
import { type AccountDoorsDeps, type AskedAccount, accountDoors } from './account-doors.js'
import { explainFailure } from './errors.js'

const TIMEOUT_MS = 15_000

/** Whose credentials to check, and how they are got. */
export interface AccountCheck extends AskedAccount {
  readonly method: AuthMethod
  readonly open: () => Promise<AuthValues>
  /** Gets better credentials when the service refuses those. */
  readonly renew?: (refused: AuthValues) => Promise<AuthValues | undefined>
}

/** What the service said of an account's credentials. */
export interface AccountFindings {
  readonly ok: boolean
  /** Whether the service was asked at all. */
  readonly isVerified: boolean
  readonly detail: string | null
  readonly account?: ConnectedAccount | undefined
}

/** Asks the service whether credentials work, and whose they are; does not throw. */
export async function checkAccount(
  { method, open, renew, ...asked }: AccountCheck,
  deps: AccountDoorsDeps,
): Promise<AccountFindings> {
  const { connector } = asked
  const isVerified = method.test !== undefined || method.account !== undefined
  // Services quote credentials in what they answer, and authors of connectors in what they throw.
  const redactor = new Redactor(connector)
  try {
    const auth = await open()
    redactor.learn(auth)
    if (!isVerified) return { ok: true, isVerified, detail: null }
    const { http, net } = accountDoors(deps, asked)
    const client = createServiceClient({
      connector,
      auth,
      http,
      ...(renew === undefined ? {} : { renew: () => renew(auth) }),
      onSession: (values) => redactor.learnSession(values),
    })
    const account = await callConnector(connector.name, TIMEOUT_MS, async (signal) => {
      const context: ConnectionTestContext = { auth, http: client, net, signal }
      await method.test?.(context)
      return method.account?.(context)
    })
    return { ok: true, isVerified, detail: null, account: account === undefined ? undefined : tidy(account, redactor) }
  } catch (error) {
    return { ok: false, isVerified, detail: explainFailure(redactor.failure(error)) }
  }
}

const MAX_LENGTH = 500

/** A connector may give anything; what is kept is short text. */
function tidy({ id, label }: ConnectedAccount, redactor: Redactor): ConnectedAccount {
  const short = (text: string): string => redactor.text(String(text)).slice(0, MAX_LENGTH)
  return { id: short(id), label: short(label) }
}
