import { action, jsonValue, z } from '@inlay/sdk/connector'
import { macroOptions } from '../choices.js'
import { idField, sampleTicket, ticketAnswer, ticketField, ticketPath, ticketSchema } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

/** What a macro makes of a ticket; the rest of the ticket is left as it is. */
const applied = z.object({
  result: z.object({
    ticket: z.object({
      subject: jsonValue.optional(),
      type: jsonValue.optional(),
      status: jsonValue.optional(),
      custom_status_id: jsonValue.optional(),
      priority: jsonValue.optional(),
      assignee_id: jsonValue.optional(),
      group_id: jsonValue.optional(),
      ticket_form_id: jsonValue.optional(),
      tags: jsonValue.optional(),
      custom_fields: jsonValue.optional(),
      comment: z
        .object({ body: z.string().nullish(), html_body: z.string().nullish(), public: z.boolean().nullish() })
        .nullish(),
    }),
  }),
})

/** Does to a ticket what a macro says. */
export const applyMacro = action({
  name: 'Apply a macro',
  description: 'Does to a ticket what a macro says: changes its fields, and adds the comment of the macro.',
  input: z.strictObject({ ticket: ticketField, macro: idField.meta({ title: 'Macro' }) }),
  output: ticketSchema,
  sampleInput: { ticket: 35436, macro: 25 },
  sampleOutput: { ...sampleTicket, status: 'solved' },
  scopes: ['read', 'write'],
  delivery: 'at-most-once',
  options: { macro: macroOptions },
  run: async (context) => {
    const { ticket: id, macro } = context.input
    const { result } = await zendesk.call(context, {
      url: `${ticketPath(id)}/macros/${macro}/apply`,
      answer: applied,
    })
    const { comment, ...fields } = result.ticket
    const { ticket } = await zendesk.call(context, {
      method: 'PUT',
      url: ticketPath(id),
      json: { ticket: { ...fields, comment: comment ? writeComment(comment) : undefined } },
      answer: ticketAnswer,
    })
    return ticket
  },
})

type Comment = NonNullable<z.output<typeof applied>['result']['ticket']['comment']>

/** The comment of the macro, once: HTML says what the text says; none of a macro without one. */
function writeComment({ body, html_body, public: isPublic }: Comment) {
  if (!body && !html_body) return undefined
  return { ...(html_body ? { html_body } : { body: body ?? '' }), public: isPublic ?? undefined }
}
