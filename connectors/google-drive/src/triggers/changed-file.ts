import { pollingTrigger, z } from '@inlay/sdk/connector'
import { dataOf, isIn, readChanges } from '../changes.js'
import { fileSchema, folderField, folderOptions, sampleFile } from '../file.js'
import { DRIVE_SCOPE } from '../scopes.js'

/** Starts for each change of a file. */
export const changedFile = pollingTrigger({
  name: 'New or changed file',
  description: 'Starts for each file that is added or changed. Asks every few minutes.',
  input: z.strictObject({
    folder: folderField
      .optional()
      .meta({ title: 'Folder', description: 'Its id; only files right in it. By default all files.' }),
  }),
  output: fileSchema,
  sampleOutput: sampleFile,
  scopes: [DRIVE_SCOPE],
  options: { folder: folderOptions },
  poll: async (context) => {
    const { files, cursor, hasMore } = await readChanges(context)
    const wanted = files.filter((file) => isIn(file, context.input.folder))
    return {
      items: wanted.map((file) => ({ id: `${file.id}:${file.modifiedTime ?? cursor.token}`, data: dataOf(file) })),
      cursor,
      hasMore,
    }
  },
})
