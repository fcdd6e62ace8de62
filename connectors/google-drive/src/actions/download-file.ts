import { action, fileRefSchema, StepError, z } from '@inlay/sdk/connector'
import { FILE_QUERY, fileIdField, fileOptions, filePath, fileSchema, sampleFile } from '../file.js'
import { google } from '../google-api.js'
import { DRIVE_SCOPE } from '../scopes.js'

/** What documents of Google become when nobody says otherwise. */
const USUAL_EXPORT: Readonly<Record<string, string>> = {
  'application/vnd.google-apps.document': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.google-apps.spreadsheet': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.google-apps.presentation':
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.google-apps.drawing': 'image/png',
}

const ENDINGS = {
  'application/pdf': 'pdf',
  'text/csv': 'csv',
  'text/plain': 'txt',
  'text/markdown': 'md',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'image/png': 'png',
} as const

const MAX_BYTES = 100 * 1024 * 1024

/** Downloads a file, or exports a document of Google. */
export const downloadFile = action({
  name: 'Download a file',
  description: 'Gets a file. Documents of Google are exported: to Office formats, unless you say otherwise.',
  input: z.strictObject({
    fileId: fileIdField,
    exportAs: z
      // The record's keys are what can be chosen.
      .enum(Object.keys(ENDINGS) as [keyof typeof ENDINGS, ...(keyof typeof ENDINGS)[]])
      .optional()
      .meta({ title: 'Export as', description: 'For documents of Google alone. Google exports up to 10 MB.' }),
  }),
  output: z.object({
    file: fileRefSchema,
    metadata: fileSchema.meta({ title: 'About the file' }),
  }),
  sampleInput: { fileId: '1example' },
  sampleOutput: {
    file: { $file: 'file_1', name: 'invoice.pdf', contentType: 'application/pdf', size: 5362 },
    metadata: sampleFile,
  },
  scopes: [DRIVE_SCOPE],
  options: { fileId: fileOptions },
  run: async (context) => {
    const { fileId, exportAs } = context.input
    const metadata = await google.call(context, { url: filePath(fileId), query: FILE_QUERY, answer: fileSchema })
    const isDocument = metadata.mimeType.startsWith('application/vnd.google-apps.')
    const contentType = isDocument ? (exportAs ?? USUAL_EXPORT[metadata.mimeType]) : metadata.mimeType
    if (contentType === undefined) {
      throw new StepError('validation', `"${metadata.name}" cannot be downloaded`, {
        detail: `It is of the type ${metadata.mimeType}. Choose what to export it as, when it is no folder.`,
      })
    }
    const { bytes } = await google.raw(context, {
      url: isDocument ? `${filePath(fileId)}/export` : filePath(fileId),
      query: isDocument ? { mimeType: contentType } : { alt: 'media', supportsAllDrives: true },
      maxResponseBytes: MAX_BYTES,
      timeoutMs: 120_000,
    })
    const ending = isDocument ? new Map<string, string>(Object.entries(ENDINGS)).get(contentType) : undefined
    const name = ending === undefined ? metadata.name : `${metadata.name}.${ending}`
    return { file: await context.files.write({ name, contentType, bytes }), metadata }
  },
})
