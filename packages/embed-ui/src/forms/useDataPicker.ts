import { useLayoutEffect, useRef, useState } from 'react'
import type { PickedData } from './DataPicker.js'

interface DataPickerOptions {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly isBare: boolean
}

/** The picker of data of a field: remembers where the caret was, and puts what is picked there. */
export function useDataPicker({ value, onChange, isBare }: DataPickerOptions) {
  const field = useRef<HTMLTextAreaElement>(null)
  const replaceFrom = useRef<number | undefined>(undefined)
  const caretAfter = useRef<number | undefined>(undefined)
  const [isOpen, setOpen] = useState(false)
  useLayoutEffect(() => {
    const element = field.current
    if (caretAfter.current === undefined || element === null || isOpen) return
    element.focus()
    element.setSelectionRange(caretAfter.current, caretAfter.current)
    caretAfter.current = undefined
  })
  const insert = ({ source }: PickedData) => {
    const element = field.current
    const text = isBare ? source : `{{ ${source} }}`
    const isUntouched = element === null || document.activeElement === document.body
    const end = element === null || isUntouched ? value.length : element.selectionEnd
    const start = replaceFrom.current ?? (element === null || isUntouched ? value.length : element.selectionStart)
    onChange(value.slice(0, start) + text + value.slice(end))
    caretAfter.current = start + text.length
    replaceFrom.current = undefined
    setOpen(false)
  }
  return {
    field,
    isOpen,
    insert,
    setOpen: (open: boolean) => {
      if (!open) replaceFrom.current = undefined
      setOpen(open)
    },
    /** Typing `{{` asks for data, and so does `/` where a word would begin. */
    openAfterSign: ({ selectionStart, value: text }: HTMLTextAreaElement, hasSlash: boolean) => {
      const before = text.slice(0, selectionStart)
      // Only what was just typed asks: taking a letter away does not.
      const isTyped = text.length > value.length
      const isBraces = before.endsWith('{{') && !text.slice(selectionStart).trimStart().startsWith('}}')
      const isSlash = hasSlash && /(^|\s)\/$/.test(before)
      if (!isTyped || (!isBraces && !isSlash)) return
      replaceFrom.current = selectionStart - (isBraces ? 2 : 1)
      setOpen(true)
    },
  }
}
