import { type AuthDefinition, isInlayError, z } from '@inlay/sdk/connector'
import { endpointOf, REGION, signed, signingKeyOf } from './address.js'
import { sendS3 } from './s3-api.js'

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
  addressing: z.enum(['path', 'virtualHost']).default('path').meta({
    title: 'Where requests name the bucket',
    description: 'In the path, which all services take; or in the host name, for those that want it there.',
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
    sign: signed,
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

function isRecognisedKey(error: unknown): boolean {
  if (!isInlayError(error) || !('data' in error)) return false
  const { data } = error
  return typeof data === 'object' && data !== null && 'code' in data && data.code === 'AccessDenied'
}
