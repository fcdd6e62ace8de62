import { type RefObject, useEffect, useRef, useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import { useTexts } from '../messages/useTexts.js'
import { useFileSize } from './file-size.js'
import type { StoredFile } from './stored-file.js'
import { useFileDoor } from './useFileDoor.js'

/** A file that is on its way. */
export interface Uploading {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Bytes; undefined as long as nothing is known. */
  readonly sent: number | undefined
}

/** An upload, and what became of the last one. */
export interface Upload {
  readonly uploading: Uploading | undefined
  /** Why the last one failed, in the person's words. */
  readonly problem: string | undefined
  readonly start: (files: readonly File[]) => void
  readonly cancel: () => void
  readonly forgetProblem: () => void
}

/**
 * Uploads one file at a time. What is called is the function of the last drawing, not that of when the upload began.
 *
 * @param onBusy hears whether one is under way
 */
export function useUpload(onDone: (file: StoredFile) => void, onBusy?: (isBusy: boolean) => void): Upload {
  const t = useTexts()
  const sizeOf = useFileSize()
  const door = useFileDoor()
  const [uploading, setUploading] = useState<Uploading>()
  const [problem, setProblem] = useState<string>()
  const stop = useRef<AbortController>(undefined)
  const heard = useLatest({ onDone, onBusy })
  const isBusy = uploading !== undefined
  useEffect(() => {
    if (!isBusy) return
    heard.current.onBusy?.(true)
    return () => heard.current.onBusy?.(false)
  }, [isBusy, heard])
  useEffect(() => () => stop.current?.abort(), [])
  const send = async (file: File) => {
    if (door === undefined) return
    const { name, size } = file
    if (size > door.maxBytes) return setProblem(t('file.tooLarge', { limit: sizeOf(door.maxBytes) }))
    const { signal } = takeOver(stop)
    setUploading({ name, size, sent: undefined })
    const onProgress = (sent: number) => {
      // What is sent is more than the file: never show more than all of it.
      if (!signal.aborted) setUploading({ name, size, sent: Math.min(sent, size) })
    }
    try {
      const stored = await door.upload(file, { onProgress, signal })
      if (!signal.aborted) heard.current.onDone(stored)
    } catch (error) {
      if (!signal.aborted) setProblem(t('file.refused', { reason: problemText(readProblem(error), t) }))
    } finally {
      if (!signal.aborted) setUploading(undefined)
    }
  }
  return {
    uploading,
    problem,
    start: (files) => {
      const [file, second] = files
      if (file === undefined) return
      setProblem(second === undefined ? undefined : t('file.onlyOne'))
      if (second === undefined) void send(file)
    },
    cancel: () => {
      stop.current?.abort()
      setUploading(undefined)
    },
    forgetProblem: () => setProblem(undefined),
  }
}

/** A value of the last drawing, for what began in an earlier one. */
function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  return latest
}

/** Ends what is under way, and makes place for the next. */
function takeOver(stop: { current: AbortController | undefined }): AbortController {
  stop.current?.abort()
  stop.current = new AbortController()
  return stop.current
}
