import { action, jsonObject, suspend, z } from '@inlay/sdk/connector'
import { messageSchema, messageSidField, sampleMessage } from '../message.js'
import { accountPath, twilio } from '../twilio-api.js'

const FINAL = new Set(['delivered', 'undelivered', 'failed', 'read', 'canceled', 'received', 'partially_delivered'])
const SHORTEST_MS = 5000
const LONGEST_MS = 60_000

/** Waits until it is known whether a message arrived. */
export const awaitDelivery = action({
  name: 'Wait for delivery',
  description: 'Waits until it is known whether a message arrived, or time is over; the status tells which.',
  input: z.strictObject({
    sid: messageSidField,
    minutes: z.coerce.number().min(1).max(1440).default(15).meta({ title: 'Wait at most', description: 'Minutes.' }),
  }),
  output: messageSchema,
  sampleInput: { sid: sampleMessage.sid },
  sampleOutput: { ...sampleMessage, status: 'delivered' },
  run: async (context) => {
    const { sid, minutes } = context.input
    const url = accountPath(context.auth, `/Messages/${encodeURIComponent(sid)}.json`)
    const message = await twilio.call(context, { url, answer: messageSchema })
    const now = Date.now()
    const { since = now } = waiting.safeParse(context.resumed?.state).data ?? {}
    const until = since + minutes * 60_000
    if (FINAL.has(message.status) || now >= until) return message
    // Most messages arrive within seconds; the longer it takes, the less often it is asked.
    const pause = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, now - since))
    return suspend({ resumeAt: Math.min(until, now + pause), state: jsonObject.parse({ since }) })
  },
})

const waiting = z.object({ since: z.number() })
