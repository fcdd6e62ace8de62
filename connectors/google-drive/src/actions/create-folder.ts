import { action, z } from '@inlay/sdk/connector'
import { FILE_QUERY, FOLDER, fileSchema, folderField, folderOptions, listFiles, quoted, sampleFile } from '../file.js'
import { google } from '../google-api.js'
import { DRIVE_SCOPE } from '../scopes.js'

/** Makes a folder. */
export const createFolder = action({
  name: 'Create a folder',
  description: 'Makes a folder, or gives the one that is there already.',
  input: z.strictObject({
    name: z
      .string()
      .min(1)
      .meta({ title: 'Name', examples: ['Invoices'] }),
    folder: folderField.default('root'),
    reuse: z
      .boolean()
      .default(true)
      .meta({ title: 'Use a folder of that name', description: 'Drive may hold several of the same name otherwise.' }),
  }),
  output: fileSchema,
  sampleInput: { name: 'Invoices', folder: 'root' },
  sampleOutput: { ...sampleFile, id: '0folder', name: 'Invoices', mimeType: FOLDER },
  scopes: [DRIVE_SCOPE],
  options: { folder: folderOptions },
  delivery: 'at-most-once',
  run: async (context) => {
    const { name, folder, reuse } = context.input
    if (reuse) {
      const q = `name=${quoted(name)} and mimeType=${quoted(FOLDER)} and ${quoted(folder)} in parents and trashed=false`
      const [found] = (await listFiles(context, { q, pageSize: 1 })).files
      if (found !== undefined) return found
    }
    return google.call(context, {
      method: 'POST',
      url: '/drive/v3/files',
      query: FILE_QUERY,
      json: { name, mimeType: FOLDER, parents: [folder] },
      answer: fileSchema,
    })
  },
})
