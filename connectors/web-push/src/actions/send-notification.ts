import { action, jsonObject, responseError, StepError, z } from '@inlay/sdk/connector'
import { encryptMessage, MAX_MESSAGE_BYTES } from '../encrypt-message.js'
import { vapidHeader, vapidOf } from '../vapid.js'

const subscription = z
  .object({
    endpoint: z.url({ protocol: /^https$/ }).meta({ title: 'Endpoint' }),
    keys: z
      .object({
        p256dh: z
          .string()
          .regex(/^[\w-]{87}=?$/, 'must be a key of 65 bytes as base64url')
          .meta({ title: 'p256dh' }),
        auth: z
          .string()
          .regex(/^[\w-]{22}={0,2}$/, 'must be a secret of 16 bytes as base64url')
          .meta({ title: 'auth' }),
      })
      .meta({ title: 'Keys' }),
  })
  .meta({ title: 'Subscription', description: 'What the browser gave: PushSubscription.toJSON().' })

const FOUR_WEEKS_S = 2_419_200

/** Sends a notification to a browser, as https://www.rfc-editor.org/rfc/rfc8030 says. */
export const sendNotification = action({
  name: 'Send a notification',
  description: 'Sends a message to one browser, encrypted for it. Your service worker decides how it is shown.',
  input: z.strictObject({
    subscription,
    title: z
      .string()
      .optional()
      .meta({ title: 'Title', examples: ['Your order is on its way'] }),
    body: z.string().optional().meta({ title: 'Text', format: 'multiline' }),
    url: z.string().optional().meta({ title: 'Address to open' }),
    data: jsonObject.optional().meta({ title: 'Further data', description: 'What else your service worker needs.' }),
    ttl: z.coerce
      .number()
      .int()
      .min(0)
      .max(FOUR_WEEKS_S)
      .default(FOUR_WEEKS_S)
      .meta({ title: 'Keep for (seconds)', description: 'How long it waits for a browser that is off.' }),
    urgency: z.enum(['very-low', 'low', 'normal', 'high']).default('normal').meta({ title: 'Urgency' }),
    topic: z
      .string()
      .regex(/^[\w-]{1,32}$/, 'must be 1 to 32 letters, digits, - and _')
      .optional()
      .meta({ title: 'Topic', description: 'Takes the place of a waiting notification of the same topic.' }),
  }),
  output: z.object({
    isDelivered: z.boolean().meta({ title: 'Was taken by the push service' }),
    isGone: z.boolean().meta({ title: 'The subscription is over', description: 'Forget it: it never works again.' }),
  }),
  sampleInput: {
    subscription: {
      endpoint: 'https://push.acme.example/send/1',
      keys: {
        p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
        auth: 'AAAAAAAAAAAAAAAAAAAAAA',
      },
    },
    title: 'Your order is on its way',
  },
  sampleOutput: { isDelivered: true, isGone: false },
  // Push services know no idempotency key: repeating after a crash would notify twice.
  delivery: 'at-most-once',
  run: async (context) => {
    const { subscription: to, title, body, url, data, ttl, urgency, topic } = context.input
    const keys = vapidOf(context.auth)
    const message = Buffer.from(JSON.stringify({ ...data, title, body, url }))
    if (message.length > MAX_MESSAGE_BYTES) {
      throw new StepError('validation', 'The notification is too long', {
        detail: `It has ${message.length} bytes; at most ${MAX_MESSAGE_BYTES} fit.`,
      })
    }
    const response = await context.http.request({
      method: 'POST',
      url: to.endpoint,
      headers: {
        authorization: vapidHeader(keys, to.endpoint, Date.now()),
        'content-type': 'application/octet-stream',
        'content-encoding': 'aes128gcm',
        ttl: String(ttl),
        urgency,
        ...(topic === undefined ? {} : { topic }),
      },
      bytes: encryptMessage(message, to.keys),
      maxRedirects: 0,
      signal: context.signal,
    })
    const { status } = response
    if (status === 404 || status === 410) return { isDelivered: false, isGone: true }
    if (status < 200 || status > 299) throw responseError('The push service', response)
    if (/html/i.test(response.headers['content-type'] ?? '')) {
      throw new StepError('communication', 'The push service answered with a web page', {
        detail: 'The endpoint of the subscription may be no push service.',
      })
    }
    return { isDelivered: true, isGone: false }
  },
})
