import { type DragEvent, useState } from 'react'

/** The events of an element onto which files can be dropped. */
export interface DropZone {
  /** Whether files are held above it. */
  readonly isOver: boolean
  readonly zone: {
    onDragEnter?(event: DragEvent): void
    onDragOver?(event: DragEvent): void
    onDragLeave?(event: DragEvent): void
    onDrop?(event: DragEvent): void
  }
}

/** Takes files that are dropped; a button beside it does the same without a drag. */
export function useDropZone(isOpen: boolean, onFiles: (files: readonly File[]) => void): DropZone {
  const [isOver, setOver] = useState(false)
  if (!isOpen) return { isOver: false, zone: {} }
  const hold = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    // Without this the browser opens the file in place of the page.
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    setOver(true)
  }
  return {
    isOver,
    zone: {
      onDragEnter: hold,
      onDragOver: hold,
      onDragLeave: ({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false)
      },
      onDrop: (event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(false)
        onFiles([...event.dataTransfer.files])
      },
    },
  }
}
