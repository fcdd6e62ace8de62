import { action, z } from '@inlay/sdk/connector'
import { adminOptions, tagOptions } from '../choices.js'
import { conversationField } from '../conversation.js'
import { intercom } from '../intercom-api.js'
import { sampleTag, tagField, tagSchema } from '../tag.js'
import { adminField } from '../teammate.js'

/** Tags a conversation. */
export const tagConversation = action({
  name: 'Tag a conversation',
  description: 'Puts a tag on a conversation.',
  input: z.strictObject({ conversation: conversationField, tag: tagField, admin: adminField }),
  output: tagSchema,
  sampleInput: { conversation: '378', tag: '94', admin: '991267715' },
  sampleOutput: sampleTag,
  options: { tag: tagOptions, admin: adminOptions },
  run: (context) => {
    const { conversation, tag, admin } = context.input
    const url = `/conversations/${conversation}/tags`
    return intercom.call(context, { method: 'POST', url, json: { id: tag, admin_id: admin }, answer: tagSchema })
  },
})
