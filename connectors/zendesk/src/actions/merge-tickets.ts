import { type ActionSuspension, action, StepError, suspend, z } from '@inlay/sdk/connector'
import { idField, ticketField, ticketPath } from '../ticket.js'
import { zendesk } from '../zendesk-api.js'

const jobAnswer = z.object({
  job_status: z.object({ id: z.string(), status: z.string(), message: z.string().nullish() }),
})
type Job = z.output<typeof jobAnswer>['job_status']

/** Merging takes Zendesk some seconds; more often than this is not asked. */
const ASK_AGAIN_MS = 5000

/** Merges tickets into another. */
export const mergeTickets = action({
  name: 'Merge tickets',
  description: 'Closes tickets and moves what was said there into another. This cannot be undone.',
  input: z.strictObject({
    ticket: ticketField.meta({ title: 'Into this ticket' }),
    merged: z
      .array(idField)
      .min(1)
      .max(5)
      .meta({ title: 'Merge these tickets', description: 'Numbers of the tickets that are closed.' }),
    note: z.string().optional().meta({ title: 'Note on the ticket that stays', format: 'multiline' }),
    mergedNote: z.string().optional().meta({ title: 'Note on the merged tickets', format: 'multiline' }),
    isPublic: z.boolean().default(false).meta({ title: 'Requesters see the notes' }),
  }),
  output: z.object({
    id: z.number().meta({ title: 'Ticket number' }),
    job: z.string().meta({ title: 'Id of the job' }),
  }),
  sampleInput: { ticket: 35436, merged: [35437], note: 'Merged with 35437, which says the same.' },
  sampleOutput: { id: 35436, job: '8b726e606741012ffc2d782bcb7848fe' },
  scopes: ['read', 'write'],
  delivery: 'at-most-once',
  run: async (context) => {
    const { ticket: id, merged, note, mergedNote, isPublic } = context.input
    const state = z.object({ job: z.string() }).safeParse(context.resumed?.state).data
    const { job_status: job } = await zendesk.call(
      context,
      state === undefined
        ? {
            method: 'POST',
            url: `${ticketPath(id)}/merge`,
            json: {
              ids: merged,
              target_comment: note,
              source_comment: mergedNote,
              target_comment_is_public: isPublic,
              source_comment_is_public: isPublic,
            },
            answer: jobAnswer,
          }
        : { url: `/api/v2/job_statuses/${encodeURIComponent(state.job)}`, answer: jobAnswer },
    )
    return outcome(job) ?? { id, job: job.id }
  },
})

/** What there is to wait for; undefined once the tickets are merged. @throws StepError `rejected` when they cannot be */
function outcome({ id, status, message }: Job): ActionSuspension | undefined {
  if (status === 'completed') return undefined
  if (status === 'queued' || status === 'working') {
    return suspend({ resumeAt: Date.now() + ASK_AGAIN_MS, state: { job: id } })
  }
  throw new StepError('rejected', `Zendesk did not merge the tickets: ${status}`, {
    detail: message ?? 'Tickets that are closed, shared or of other requesters cannot always be merged.',
  })
}
