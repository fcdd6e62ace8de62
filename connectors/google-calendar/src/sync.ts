import { type ServiceContext, StepError, type z } from '@inlay/sdk/connector'
import { readEvents } from './calendar.js'
import type { eventSchema } from './event.js'
import { isGone } from './google-api.js'

/** What has changed in a calendar, deleted events included. */
interface Changes {
  readonly events: readonly z.output<typeof eventSchema>[]
  /** From where the next look goes on. */
  readonly syncToken: string
}

const MAX_PAGES = 100

/**
 * What has changed since a token was given. Without one, or with one that Google has forgotten, nothing is told: the list
 * is only gone through to get a token.
 */
export async function readChanges(
  context: ServiceContext,
  calendar: string,
  syncToken: string | undefined,
): Promise<Changes> {
  if (syncToken === undefined) return { events: [], syncToken: (await readAll(context, calendar, undefined)).syncToken }
  try {
    return await readAll(context, calendar, syncToken)
  } catch (error) {
    // 410: the token is too old, and everything would have to be read anew.
    if (!isGone(error)) throw error
    return { events: [], syncToken: (await readAll(context, calendar, undefined)).syncToken }
  }
}

async function readAll(context: ServiceContext, calendar: string, syncToken: string | undefined): Promise<Changes> {
  const events: z.output<typeof eventSchema>[] = []
  let pageToken: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await readEvents(context, calendar, { syncToken, pageToken, maxResults: 1000 })
    if (syncToken !== undefined) events.push(...answer.items)
    if (answer.nextSyncToken !== undefined) return { events, syncToken: answer.nextSyncToken }
    if (answer.nextPageToken === undefined) break
    pageToken = answer.nextPageToken
  }
  throw noToken()
}

function noToken(): StepError {
  return new StepError('communication', 'Google Calendar gave no place from which to go on', {
    detail: `A list of events ends with a token within ${MAX_PAGES} pages.`,
    retryable: false,
  })
}
