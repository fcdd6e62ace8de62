import { action, z } from '@inlay/sdk/connector'
import {
  FILE_QUERY,
  fileIdField,
  fileOptions,
  filePath,
  fileSchema,
  folderField,
  folderOptions,
  sampleFile,
} from '../file.js'
import { google } from '../google-api.js'
import { DRIVE_SCOPE } from '../scopes.js'

/** Copies a file. */
export const copyFile = action({
  name: 'Copy a file',
  description: 'Copies a file, such as a template. Folders cannot be copied.',
  input: z.strictObject({
    fileId: fileIdField,
    name: z.string().min(1).optional().meta({ title: 'Name of the copy' }),
    folder: folderField.optional(),
  }),
  output: fileSchema,
  sampleInput: { fileId: '1example', name: 'Offer for Acme' },
  sampleOutput: sampleFile,
  scopes: [DRIVE_SCOPE],
  options: { fileId: fileOptions, folder: folderOptions },
  delivery: 'at-most-once',
  run: (context) => {
    const { fileId, name, folder } = context.input
    return google.call(context, {
      method: 'POST',
      url: `${filePath(fileId)}/copy`,
      query: FILE_QUERY,
      json: { name, parents: folder === undefined ? undefined : [folder] },
      answer: fileSchema,
    })
  },
})
