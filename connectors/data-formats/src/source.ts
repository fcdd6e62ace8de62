import { type FileRef, type FileStore, fileRefSchema, StepError, z } from '@inlay/sdk/connector'

const MAX_BYTES = 10 * 1024 * 1024

/** The fields of a form that takes a text or a file. */
export const sourceFields = {
  text: z.string().max(MAX_BYTES).optional().meta({ title: 'Text', format: 'multiline', description: 'Or a file.' }),
  file: fileRefSchema.optional(),
}

interface Source {
  readonly text?: string | undefined
  readonly file?: FileRef | undefined
}

/** The text to work on. @throws StepError `validation` when there is none, `limit` when the file is too large */
export async function readSource({ text, file }: Source, files: FileStore): Promise<string> {
  if (file === undefined) {
    if (text !== undefined) return text
    throw new StepError('validation', 'There is nothing to read', { detail: 'Give a text or a file.' })
  }
  if (file.size > MAX_BYTES) {
    throw new StepError('limit', `"${file.name}" is too large to be read at once`, {
      detail: `It has ${file.size} bytes; ${MAX_BYTES} can be read.`,
    })
  }
  // A byte order mark belongs to the file, not to its text; the decoder drops it.
  return new TextDecoder().decode(await files.read(file))
}

/** The fields of a form that may make a file of its result. */
export const targetFields = {
  fileName: z.string().max(200).optional().meta({ title: 'File name', description: 'Makes a file of it when set.' }),
}

/** What has been written: always as a text, and as a file when a name is given. */
export const targetOutput = z.object({
  text: z.string().meta({ title: 'Text' }),
  file: fileRefSchema.nullable().meta({ title: 'File' }),
})

/** Makes the result of an action that writes. */
export async function writeTarget(
  {
    text,
    fileName,
    contentType,
  }: { readonly text: string; readonly fileName?: string | undefined; readonly contentType: string },
  files: FileStore,
): Promise<z.infer<typeof targetOutput>> {
  if (fileName === undefined || fileName === '') return { text, file: null }
  return { text, file: await files.write({ name: fileName, contentType, bytes: Buffer.from(text) }) }
}
