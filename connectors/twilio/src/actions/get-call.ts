import { action, z } from '@inlay/sdk/connector'
import { callSchema, sampleCall } from '../call.js'
import { accountPath, twilio } from '../twilio-api.js'

/** Reads a call and what became of it. */
export const getCall = action({
  name: 'Get a call',
  description: 'Reads a call: whether somebody answered, and how long it took.',
  input: z.strictObject({
    sid: z
      .string()
      .min(1)
      .meta({ title: 'Call SID', examples: [sampleCall.sid] }),
  }),
  output: callSchema,
  sampleInput: { sid: sampleCall.sid },
  sampleOutput: { ...sampleCall, status: 'completed', duration: '14' },
  run: (context) => {
    const url = accountPath(context.auth, `/Calls/${encodeURIComponent(context.input.sid)}.json`)
    return twilio.call(context, { url, answer: callSchema })
  },
})
