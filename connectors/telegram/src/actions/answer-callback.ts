import { action, z } from '@inlay/sdk/connector'
import { callTelegram } from '../telegram-api.js'

/** Answers a pressed button. */
export const answerCallback = action({
  name: 'Answer a button',
  description: 'Tells who pressed a button that it was heard: the button waits until then.',
  input: z.strictObject({
    callback: z
      .string()
      .min(1)
      .meta({ title: 'Id of the press', description: 'From the trigger.', examples: ['4382bfdwdsb323b2d9'] }),
    text: z.string().max(200).optional().meta({ title: 'Text' }),
    alert: z.boolean().default(false).meta({ title: 'In a window of its own' }),
  }),
  output: z.object({ isAnswered: z.boolean().meta({ title: 'Is answered' }) }),
  sampleInput: { callback: '4382bfdwdsb323b2d9', text: 'Thank you.' },
  sampleOutput: { isAnswered: true },
  run: async (context) => {
    const { callback, text, alert } = context.input
    const json = { callback_query_id: callback, text, show_alert: alert }
    return { isAnswered: await callTelegram(context, { method: 'answerCallbackQuery', json, answer: z.boolean() }) }
  },
})
