import { action, z } from '@inlay/sdk/connector'
import { endpointOf, signingKeyOf, virtualAddressOf } from '../address.js'
import { bucketField, bucketOptions, keyField, keyOptions, objectPath } from '../object.js'
import { presign } from '../signature.js'

const WEEK_MINUTES = 10_080

/** Makes an address for an object that works for a while. */
export const createLink = action({
  name: 'Make a link',
  description: 'Makes an address with which anybody may read or write one object for a while.',
  input: z.strictObject({
    bucket: bucketField,
    key: keyField,
    purpose: z
      .enum(['read', 'write'])
      .default('read')
      .meta({ title: 'Purpose', description: '"read" is asked for by GET, "write" sent to by PUT.' }),
    minutes: z.coerce
      .number()
      .int()
      .min(1)
      .max(WEEK_MINUTES)
      .default(60)
      .meta({ title: 'Valid for (minutes)', description: 'A week at most; temporary credentials may end before.' }),
  }),
  output: z.object({
    url: z.string().meta({ title: 'Address' }),
    expiresAt: z.string().meta({ title: 'Valid until' }),
  }),
  sampleInput: { bucket: 'acme-invoices', key: '2026/04/invoice-1001.pdf' },
  sampleOutput: {
    url: 'https://s3.us-east-1.amazonaws.com/acme-invoices/2026/04/invoice-1001.pdf?X-Amz-Expires=3600',
    expiresAt: '2026-04-10T21:09:31.000Z',
  },
  options: { bucket: bucketOptions, key: keyOptions },
  run: async ({ auth, input: { bucket, key, purpose, minutes } }) => {
    const at = new Date()
    const expiresInSeconds = minutes * 60
    const method = purpose === 'read' ? 'GET' : 'PUT'
    const path = objectPath(bucket, key)
    const url = virtualAddressOf(auth, path) ?? `${endpointOf(auth)}${path}`
    return {
      url: presign({ method, url, at, expiresInSeconds }, signingKeyOf(auth)),
      expiresAt: new Date(at.getTime() + expiresInSeconds * 1000).toISOString(),
    }
  },
})
