import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Input, type InputProps } from '../ui/Input.js'
import { isComposing } from '../ui/is-composing.js'

export interface CommittedInputProps extends Omit<InputProps, 'value' | 'onChange' | 'onBlur'> {
  readonly value: string
  /** Called on Enter and when the field is left or goes away, if the text changed. */
  readonly onCommit: (value: string) => void
}

/**
 * A field whose value counts only when the person is done: for ids, names and numbers that must be whole. Escape gives
 * up what was typed.
 */
export function CommittedInput({ value, onCommit, ...rest }: CommittedInputProps) {
  const [text, setText] = useState(value)
  const latest = useRef({ text, value, onCommit })
  latest.current = { text, value, onCommit }
  useEffect(() => setText(value), [value])
  // A field that goes away with the panel around it is never left: what was typed would be lost.
  useEffect(() => () => commitOf(latest.current), [])
  const commit = () => {
    commitOf(latest.current)
    // A refused value goes back to what is stored; and what counts now does not count again.
    latest.current = { ...latest.current, text: value }
    setText(value)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return
    if (event.key === 'Enter') commit()
    if (event.key !== 'Escape') return
    latest.current = { ...latest.current, text: value }
    setText(value)
  }
  return (
    <Input
      {...rest}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  )
}

function commitOf({ text, value, onCommit }: Pick<CommittedInputProps, 'value' | 'onCommit'> & { text: string }): void {
  if (text !== value) onCommit(text)
}
