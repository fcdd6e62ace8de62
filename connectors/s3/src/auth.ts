import { type AuthDefinition, type AuthValues, isInlayError, z } from '@inlay/sdk/connector'
import { sendS3 } from './s3-api.js'
import { type SigningKey, signHeaders } from './signature.js'

const REGION = 'us-east-1'

const settings = z.object({
  accessKeyId: z
    .string()
    .min(1)
    .meta({ title: 'Access key ID', examples: ['acme-automation'] }),
  secretAccessKey: z.string().min(1).meta({ title: 'Secret access key', format: 'password' }),
  sessionToken: z
    .string()
    .optional()
    .meta({ title: 'Session token', format: 'password', description: 'Of temporary credentials only.' }),
  region: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,50}$/)
    .default(REGION)
    .meta({
      title: 'Region',
      examples: ['eu-central-1'],
      description: 'Where the buckets are; "auto" for Cloudflare R2.',
    }),
  endpoint: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      title: 'Address of the service',
      format: 'uri',
      examples: ['https://minio.example.com'],
      description: 'Leave empty for Amazon S3.',
    }),
})

/** An access key, whose secret signs each request and is never sent. */
export const auth: readonly AuthDefinition[] = [
  {
    kind: 'custom',
    name: 'Access key',
    help: 'Make a key for a user that may reach the needed buckets only: for listing it needs s3:ListBucket, for objects s3:GetObject, s3:PutObject and s3:DeleteObject.',
    fields: settings,
    secretFields: ['secretAccessKey', 'sessionToken'],
    sign: (request, credentials) => {
      const { query = {}, ...rest } = request
      const pairs = Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [value].flat().map((item) => [name, String(item)] as const),
      )
      const { url, headers } = signHeaders(
        {
          method: request.method ?? 'GET',
          url: request.url,
          query: pairs,
          headers: request.headers ?? {},
          body: request.bytes ?? request.text ?? '',
          at: new Date(),
        },
        signingKeyOf(credentials),
      )
      return { ...rest, url, headers: { ...request.headers, ...headers } }
    },
    test: async (context) => {
      try {
        await sendS3(context, { url: '/' })
      } catch (error) {
        // A key that was recognised and may not list all buckets is how keys should be.
        if (!isRecognisedKey(error)) throw error
      }
    },
    account: async ({ auth: credentials }) => {
      const { accessKeyId } = signingKeyOf(credentials)
      return { id: accessKeyId, label: `${accessKeyId} at ${new URL(endpointOf(credentials)).host}` }
    },
  },
]

/** The address of the service: Amazon's of the region, or the connection's own. */
export function endpointOf(credentials: AuthValues): string {
  const endpoint = textOf(credentials, 'endpoint')
  if (endpoint !== undefined) return endpoint.replace(/\/+$/, '')
  return `https://s3.${textOf(credentials, 'region') ?? REGION}.amazonaws.com`
}

/** What a connection's requests are signed with. */
export function signingKeyOf(credentials: AuthValues): SigningKey {
  return {
    accessKeyId: textOf(credentials, 'accessKeyId') ?? '',
    secretAccessKey: textOf(credentials, 'secretAccessKey') ?? '',
    sessionToken: textOf(credentials, 'sessionToken'),
    region: textOf(credentials, 'region') ?? REGION,
  }
}

function textOf({ fields }: AuthValues, name: string): string | undefined {
  const value = fields[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function isRecognisedKey(error: unknown): boolean {
  if (!isInlayError(error) || !('data' in error)) return false
  const { data } = error
  return typeof data === 'object' && data !== null && 'code' in data && data.code === 'AccessDenied'
}
