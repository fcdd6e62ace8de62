import { useEditorAround } from '../hooks/useEditor.js'
import type { StoredFile } from './stored-file.js'

/** What is heard of an upload while it goes on. */
export interface UploadWatch {
  readonly onProgress: (sent: number) => void
  readonly signal: AbortSignal
}

/** The way of a person's own files to the server. */
export interface FileDoor {
  /** Bytes of one file. */
  readonly maxBytes: number
  /** @throws what the client throws */
  upload(file: File, watch: UploadWatch): Promise<StoredFile>
}

/** Where people may upload files; undefined where they may not, or where the server keeps none. */
export function useFileDoor(): FileDoor | undefined {
  const editor = useEditorAround()
  if (editor === undefined) return undefined
  const { client, workflow, maxFileBytes, can } = editor
  if (maxFileBytes === null || !(can('workflows:write') || can('runs:start'))) return undefined
  const { customerId } = workflow
  return {
    maxBytes: maxFileBytes,
    upload: (file, watch) => client.files.upload(file, { name: file.name, customerId, ...watch }),
  }
}
