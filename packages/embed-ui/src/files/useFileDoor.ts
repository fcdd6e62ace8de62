import { createContext, useContext } from 'react'
import type { BuilderClient } from '../data/client.js'
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
  /** Hears whether a file is on its way: what would go on without it had better wait. */
  readonly onBusy?: (isBusy: boolean) => void
}

/** Who uploads, and for whom. */
export interface Uploader {
  readonly client: Pick<BuilderClient, 'files'>
  readonly customerId: string
  /** Bytes of one file; null where no files are kept. */
  readonly maxFileBytes: number | null
  readonly can: (permission: string) => boolean
}

/** A way for files; undefined for those who may not upload, and where the server keeps none. */
export function openFileDoor({ client, customerId, maxFileBytes, can }: Uploader): FileDoor | undefined {
  if (maxFileBytes === null || !(can('workflows:write') || can('runs:start'))) return undefined
  return {
    maxBytes: maxFileBytes,
    upload: (file, watch) => client.files.upload(file, { name: file.name, customerId, ...watch }),
  }
}

const FileDoorContext = createContext<FileDoor | undefined>(undefined)

/** Gives fields outside of an editor a way for files. */
export const FileDoorProvider = FileDoorContext.Provider

/** Where people may upload files: the nearest provider's, or the editor's; undefined where they may not. */
export function useFileDoor(): FileDoor | undefined {
  const given = useContext(FileDoorContext)
  const editor = useEditorAround()
  if (given !== undefined || editor === undefined) return given
  const { client, workflow, maxFileBytes, can } = editor
  return openFileDoor({ client, customerId: workflow.customerId, maxFileBytes, can })
}
