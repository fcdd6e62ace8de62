import { type AuthValues, StepError, tlsFields, z } from '@inlay/sdk/connector'
import type { PoolOptions } from 'kafkajs/src/network/connectionPool.js'

const DEFAULT_PORT = 9092
/** `host`, `host:port`, `[::1]:port`. */
const SERVER = /^(?:\[([0-9a-f:.]+)\]|([^\s:[\]/@]+))(?::(\d{1,5}))?$/i

/** Where a broker is. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** Where the cluster is, and how it is reached safely. */
export const serverFields = z.object({
  servers: z
    .string()
    .min(1)
    .max(2000)
    .refine((text) => addressesIn(text) !== undefined, 'must be servers such as broker1.example.com:9092')
    .meta({
      title: 'Servers',
      description: 'One broker or more, with commas between them, as broker1.example.com:9092. They name the others.',
    }),
  ...tlsFields,
})

/** The fields of a sign-in with user name and password. */
export const saslFields = serverFields.extend({
  mechanism: z
    .enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'])
    .default('PLAIN')
    .meta({ title: 'SASL mechanism', description: 'PLAIN sends the password itself: use it with encryption only.' }),
})

/** The fields of a sign-in with a client certificate. */
export const certificateFields = serverFields.extend({
  certificate: z.string().min(1).meta({ title: 'Client certificate', format: 'multiline', description: 'PEM.' }),
  key: z.string().min(1).meta({ title: 'Private key', format: 'password', description: 'PEM, without a passphrase.' }),
})

/** What a connection says of the cluster and how to sign in. */
export interface Server {
  readonly addresses: readonly Address[]
  readonly encryption: {
    readonly tls: 'verify' | 'unverified' | 'none'
    readonly ca?: string | undefined
    readonly certificate?: string | undefined
    readonly key?: string | undefined
  }
  readonly sasl: PoolOptions['sasl']
}

/** Reads the connection. @throws StepError `authentication` when there is none */
export function serverOf(auth: AuthValues): Server {
  if (auth.kind === 'basic') {
    const { mechanism, ...fields } = saslFields.parse(auth.fields)
    const { username, password } = auth
    return { ...reached(fields), sasl: { mechanism: mechanism.toLowerCase(), username, password } }
  }
  if (auth.kind !== 'custom') throw new StepError('authentication', 'Kafka needs a connection')
  const withCertificate = certificateFields.safeParse(auth.fields)
  return { ...reached(withCertificate.data ?? serverFields.parse(auth.fields)), sasl: null }
}

function reached({ servers, ...encryption }: z.infer<typeof serverFields>): Omit<Server, 'sasl'> {
  return { addresses: addressesIn(servers) ?? [], encryption }
}

function addressesIn(text: string): readonly Address[] | undefined {
  const addresses = text
    .split(',')
    .map((server) => server.trim())
    .filter((server) => server !== '')
    .map(addressOf)
  const known = addresses.filter((address) => address !== undefined)
  return known.length > 0 && known.length === addresses.length ? known : undefined
}

function addressOf(server: string): Address | undefined {
  const [, ip, name, digits] = SERVER.exec(server) ?? []
  const host = ip ?? name
  const port = digits === undefined ? DEFAULT_PORT : Number(digits)
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port }
}
