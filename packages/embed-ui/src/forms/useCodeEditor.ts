import { type ComponentType, useEffect, useState } from 'react'
import type { CodeEditorProps } from '../expressions/editor/CodeEditor.js'

let loaded: ComponentType<CodeEditorProps> | undefined

/** The editor, once its code is there. Undefined before, and without the network: a plain field does then. */
export function useCodeEditor(): ComponentType<CodeEditorProps> | undefined {
  const [Editor, setEditor] = useState(() => loaded)
  useEffect(() => {
    if (Editor !== undefined) return
    let isCurrent = true
    import('../expressions/editor/CodeEditor.js').then(
      (module) => {
        loaded = module.CodeEditor
        if (isCurrent) setEditor(() => module.CodeEditor)
      },
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [Editor])
  return Editor
}
