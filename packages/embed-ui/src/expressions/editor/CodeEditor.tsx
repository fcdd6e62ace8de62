import type { EditorView } from '@codemirror/view'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import type { CompletionData } from './completion.js'
import { openEditor } from './open-editor.js'
import { markWrong } from './wrong-place.js'

/** What others do with an editor. */
export interface CodeEditorHandle {
  /** Puts a text in place of the selection; the caret goes behind it. */
  insert(text: string): void
  focus(): void
}

export interface CodeEditorProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly language: 'expression' | 'javascript'
  readonly label: string
  readonly placeholder?: string | undefined
  readonly data: CompletionData | undefined
  /** Zero-based place at which the text is wrong. */
  readonly wrongAt?: number | undefined
  readonly isReadOnly?: boolean
  /** Whether it takes the focus when it appears. @default false */
  readonly isFocused?: boolean
  readonly handle?: Ref<CodeEditorHandle>
}

/** An editor with completion. Heavy: fetch it when somebody begins to write. */
export function CodeEditor(props: CodeEditorProps) {
  const { value, wrongAt, handle, isReadOnly = false } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef(props)
  latest.current = props
  useEffect(() => {
    if (host.current === null) return
    const { value: text, label, language, placeholder, isFocused = false } = latest.current
    const opened = openEditor(host.current, {
      ...{ text, label, language, placeholder, isReadOnly },
      data: () => latest.current.data,
      onChange: (next) => latest.current.onChange(next),
    })
    view.current = opened
    if (isFocused) {
      opened.focus()
      opened.dispatch({ selection: { anchor: opened.state.doc.length } })
    }
    return () => {
      view.current = null
      opened.destroy()
    }
  }, [isReadOnly])
  useEffect(() => {
    const current = view.current
    if (current === null || current.state.doc.toString() === value) return
    // Undo, or a change from elsewhere.
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value } })
  }, [value])
  useEffect(() => {
    view.current?.dispatch({ effects: markWrong.of(wrongAt) })
  }, [wrongAt])
  useImperativeHandle(handle, () => ({
    focus: () => view.current?.focus(),
    insert: (text) => {
      const current = view.current
      if (current === null) return
      current.dispatch(current.state.replaceSelection(text))
      current.focus()
    },
  }))
  return <div ref={host} dir="ltr" data-inlay-part="code-editor" />
}
