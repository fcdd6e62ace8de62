import { action, z } from '@inlay/sdk/connector'
import { FILE_QUERY, fileIdField, fileOptions, filePath, fileSchema, sampleFile } from '../file.js'
import { google } from '../google-api.js'
import { DRIVE_SCOPE } from '../scopes.js'

/** Tells of a file. */
export const getFile = action({
  name: 'Get details of a file',
  description: 'Tells name, type, folder, size and times of a file or folder.',
  input: z.strictObject({ fileId: fileIdField }),
  output: fileSchema,
  sampleInput: { fileId: '1example' },
  sampleOutput: sampleFile,
  scopes: [DRIVE_SCOPE],
  options: { fileId: fileOptions },
  run: (context) =>
    google.call(context, { url: filePath(context.input.fileId), query: FILE_QUERY, answer: fileSchema }),
})
