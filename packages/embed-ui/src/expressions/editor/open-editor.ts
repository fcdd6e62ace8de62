import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { javascript } from '@codemirror/lang-javascript'
import { bracketMatching } from '@codemirror/language'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import { type CompletionData, completeFrom } from './completion.js'
import { EDITOR_THEME } from './editor-theme.js'
import { wrongPlace } from './wrong-place.js'

export interface EditorSetup {
  readonly text: string
  readonly label: string
  /** `expression`: one expression of a workflow; `javascript`: a program. */
  readonly language: 'expression' | 'javascript'
  readonly placeholder?: string | undefined
  readonly isReadOnly: boolean
  readonly data: () => CompletionData | undefined
  readonly onChange: (text: string) => void
}

/**
 * Opens an editor inside an element. It lives in a shadow root: its styles are sheets of that root, which no
 * Content-Security-Policy keeps out, and none of the page's styles reach it.
 */
export function openEditor(host: HTMLElement, setup: EditorSetup): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({ doc: setup.text, extensions: extensionsFor(setup) }),
  })
  host.addEventListener('keydown', (event) => keepKeys(event, view))
  return view
}

function extensionsFor({ label, language, placeholder: hint, isReadOnly, data, onChange }: EditorSetup): Extension[] {
  return [
    history(),
    closeBrackets(),
    bracketMatching(),
    javascript(),
    autocompletion({ override: [completeFrom(data, language === 'expression')], icons: false }),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorView.lineWrapping,
    EditorState.tabSize.of(2),
    EditorState.readOnly.of(isReadOnly),
    EditorView.editable.of(!isReadOnly),
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorView.updateListener.of((update) => update.docChanged && onChange(update.state.doc.toString())),
    wrongPlace,
    ...(language === 'javascript' ? [ROOMY] : []),
    ...(hint === undefined ? [] : [placeholder(hint)]),
    ...EDITOR_THEME,
  ]
}

/** A program has several lines. */
const ROOMY = EditorView.theme({ '.cm-content': { minHeight: '150px' } })

/** What is typed here is no shortcut of the builder around. Saving is, and leaving once no list of completions is open. */
function keepKeys(event: KeyboardEvent, view: EditorView): void {
  const isSave = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's'
  const isLeaving = event.key === 'Escape' && completionStatus(view.state) === null && !event.defaultPrevented
  if (!isSave && !isLeaving && event.key !== 'F8') event.stopPropagation()
}
