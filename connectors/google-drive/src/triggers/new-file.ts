import { pollingTrigger, z } from '@inlay/sdk/connector'
import { dataOf, isIn, readChanges } from '../changes.js'
import { FOLDER, fileSchema, folderField, folderOptions, sampleFile } from '../file.js'
import { DRIVE_SCOPE } from '../scopes.js'

/** How long a file counts as new: time enough to move it into the folder, too short for its id to be forgotten. */
const NEW_WITHIN_MS = 86_400_000

/** Starts for each file that is new. */
export const newFile = pollingTrigger({
  name: 'New file',
  description: 'Starts once for each file that is uploaded or made. Asks every few minutes.',
  input: z.strictObject({
    folder: folderField
      .optional()
      .meta({ title: 'Folder', description: 'Its id; only files right in it. By default all files.' }),
    withFolders: z.boolean().default(false).meta({ title: 'New folders too' }),
  }),
  output: fileSchema,
  sampleOutput: sampleFile,
  scopes: [DRIVE_SCOPE],
  options: { folder: folderOptions },
  poll: async (context) => {
    const { input, now } = context
    const { files, cursor, hasMore } = await readChanges(context)
    // Changes of old files are listed too. Ids are the files' own, so that the changes of new ones start nothing more.
    const fresh = files.filter(
      (file) =>
        isIn(file, input.folder) &&
        (input.withFolders || file.mimeType !== FOLDER) &&
        Date.parse(file.createdTime ?? '') >= Math.max(cursor.since, now - NEW_WITHIN_MS),
    )
    return { items: fresh.map((file) => ({ id: file.id, data: dataOf(file) })), cursor, hasMore }
  },
})
