import { action, z } from '@inlay/sdk/connector'
import { channelOptions } from '../choices.js'
import { channelField, samplePlace, tsField } from '../message.js'
import { refusalCode, write } from '../slack.js'

/** Deletes a message. */
export const deleteMessage = action({
  name: 'Delete a message',
  description: 'Deletes a message that the app posted.',
  input: z.strictObject({ channel: channelField, ts: tsField }),
  output: z.object({
    wasThere: z.boolean().meta({ title: 'Was there', description: 'Off when there was no such message any more.' }),
  }),
  sampleInput: samplePlace,
  sampleOutput: { wasThere: true },
  scopes: ['chat:write'],
  options: { channel: channelOptions },
  run: async (context) => {
    const { channel, ts } = context.input
    try {
      await write(context, { method: 'chat.delete', arguments: { channel, ts }, answer: z.object({}) })
      return { wasThere: true }
    } catch (error) {
      // After a crash the first attempt may have done it.
      if (refusalCode(error) === 'message_not_found') return { wasThere: false }
      throw error
    }
  },
})
