import { parseArgs } from 'node:util'
import { sign } from '../webhooks/index.js'

/** The command cannot be followed; the message says why and what to do. */
export class UsageError extends Error {}

/** What `inlay listen` was asked for. */
export interface ListenOptions {
  /** Of the control plane. */
  readonly baseUrl: string
  readonly apiKey: string
  /** Where deliveries are forwarded to. */
  readonly forward: string
  /** Undefined: all that there are. */
  readonly eventTypes: readonly string[] | undefined
  /** What is signed with. Undefined: a secret made for this time. */
  readonly secret: string | undefined
}

/** What the command line asks for. */
export type Command = { readonly name: 'help' } | ({ readonly name: 'listen' } & ListenOptions)

/** What `inlay --help` says. */
export const USAGE = `inlay listen --forward <address>

Fetches the webhooks of your tenant and forwards them, signed, to a server on this machine. It ends with Ctrl-C.

  --forward <address>   for example http://localhost:3000/webhooks
  --events <types>      for example run.failed,workflow.published; otherwise all

Environment:
  INLAY_API_KEY         an API key that may do everything, or webhookEndpoints:write
  INLAY_URL             the control plane; otherwise http://localhost:4400
  INLAY_WEBHOOK_SECRET  what to sign with; otherwise a new secret, which is printed
`

const DEFAULT_URL = 'http://localhost:4400'

/** Reads a command. @throws UsageError */
export function readCommand(args: readonly string[], env: NodeJS.ProcessEnv): Command {
  const { positionals, values } = parse(args)
  if (values.help === true || positionals.length === 0) return { name: 'help' }
  const [name, ...others] = positionals
  if (name !== 'listen' || others.length > 0)
    throw new UsageError(`"${positionals.join(' ')}" is no command.\n\n${USAGE}`)
  const apiKey = env['INLAY_API_KEY'] ?? ''
  if (apiKey === '') {
    throw new UsageError('INLAY_API_KEY is not set. Make a key in the portal, under API keys, and put it there.')
  }
  return {
    name,
    baseUrl: readAddress('INLAY_URL', env['INLAY_URL'] || DEFAULT_URL),
    apiKey,
    forward: readAddress('--forward', values.forward ?? ''),
    eventTypes: values.events?.split(',').map((type) => type.trim()),
    secret: readSecret(env['INLAY_WEBHOOK_SECRET'] || undefined),
  }
}

function parse(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const
    const options = { forward: text, events: text, help: { type: 'boolean', short: 'h' } } as const
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : 'The command is not understood'}.\n\n${USAGE}`, {
      cause,
    })
  }
}

function readSecret(secret: string | undefined): string | undefined {
  if (secret === undefined) return undefined
  try {
    sign('', { secret, id: 'msg_0' })
    return secret
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : ''
    throw new UsageError(`INLAY_WEBHOOK_SECRET cannot be used. ${reason}`, { cause })
  }
}

function readAddress(name: string, text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  const given = text === '' ? 'is missing' : `cannot be "${text}"`
  throw new UsageError(`${name} ${given}: it is an address such as http://localhost:3000/webhooks.`)
}
