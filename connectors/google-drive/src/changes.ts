import { type JsonObject, jsonObject, type PollContext, z } from '@inlay/sdk/connector'
import { FILE_FIELDS, fileSchema } from './file.js'
import { google } from './google-api.js'

const changesSchema = z.object({
  changes: z.array(
    z.object({ fileId: z.string().optional(), time: z.string().optional(), file: fileSchema.optional() }),
  ),
  nextPageToken: z.string().optional(),
  newStartPageToken: z.string().optional(),
})

/** A file that has changed. */
type ChangedFile = z.output<typeof fileSchema>

const cursorSchema = z.object({
  /** Where in Google's list of changes the next poll begins. */
  token: z.string(),
  /** Unix milliseconds of the first poll. */
  since: z.number(),
})

/** What has changed since the poll before, one page of it. */
interface ChangesPage {
  /** Without those in the bin; none at the first poll. */
  readonly files: readonly ChangedFile[]
  readonly cursor: z.output<typeof cursorSchema>
  readonly hasMore: boolean
}

/** Reads one page of changes. */
export async function readChanges(context: PollContext): Promise<ChangesPage> {
  const cursor = cursorSchema.safeParse(context.cursor).data
  if (cursor === undefined) {
    return { files: [], cursor: { token: await startToken(context), since: context.now }, hasMore: false }
  }
  const page = await google.call(context, {
    url: '/drive/v3/changes',
    query: {
      pageToken: cursor.token,
      pageSize: 200,
      includeRemoved: false,
      supportsAllDrives: true,
      includeItemsFromAllDrives: true,
      fields: `nextPageToken,newStartPageToken,changes(fileId,time,file(${FILE_FIELDS}))`,
    },
    answer: changesSchema,
  })
  return {
    files: page.changes.flatMap(({ file }) => (file === undefined || file.trashed === true ? [] : [file])),
    cursor: { ...cursor, token: page.nextPageToken ?? page.newStartPageToken ?? cursor.token },
    hasMore: page.nextPageToken !== undefined,
  }
}

async function startToken(context: PollContext): Promise<string> {
  const { startPageToken } = await google.call(context, {
    url: '/drive/v3/changes/startPageToken',
    query: { supportsAllDrives: true },
    answer: z.object({ startPageToken: z.string() }),
  })
  return startPageToken
}

/** Whether a file is in the folder, when one is named. */
export function isIn(file: ChangedFile, folder: string | undefined): boolean {
  return folder === undefined || (file.parents ?? []).includes(folder)
}

/** What the workflow sees of a file. */
export function dataOf(file: ChangedFile): JsonObject {
  return jsonObject.parse(file)
}
