import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** The widget's look, by its variables: they reach into the shadow root that the editor lives in. */
export const EDITOR_THEME = [
  EditorView.theme({
    '&': { color: 'var(--i-text)', fontSize: 'var(--i-small)', backgroundColor: 'transparent', maxHeight: '460px' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--i-mono)', lineHeight: '1.6', overflow: 'auto' },
    '.cm-content': { caretColor: 'var(--i-text)', padding: '6px 0' },
    '.cm-line': { padding: '0 10px' },
    '.cm-cursor': { borderInlineStartColor: 'var(--i-text)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      background: 'var(--i-selection)',
    },
    '.cm-matchingBracket': { background: 'var(--i-selection)', color: 'inherit' },
    '.cm-wrong': { textDecoration: 'underline wavy var(--i-danger)', textUnderlineOffset: '3px' },
    '.cm-placeholder': { color: 'var(--i-placeholder)' },
    '.cm-gutters': { background: 'transparent', border: '0', color: 'var(--i-placeholder)' },
    '.cm-tooltip': {
      border: '1px solid var(--i-border)',
      borderRadius: 'var(--i-radius)',
      background: 'var(--i-raised)',
      color: 'var(--i-text)',
      boxShadow: 'var(--i-shadow-overlay)',
      fontFamily: 'var(--i-font)',
      overflow: 'hidden',
      zIndex: '20',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul': {
      fontFamily: 'var(--i-font)',
      fontSize: 'var(--i-tiny)',
      maxHeight: '220px',
      minWidth: '240px',
      maxWidth: '340px',
      padding: '4px',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
      display: 'flex',
      gap: '10px',
      alignItems: 'baseline',
      justifyContent: 'space-between',
      padding: '4px 8px',
      borderRadius: 'var(--i-radius-inner)',
      lineHeight: '1.5',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      background: 'var(--i-selection)',
      color: 'var(--i-text)',
    },
    '.cm-completionLabel': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
    '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: 'var(--i-bold)' },
    '.cm-completionDetail': {
      flex: 'none',
      maxWidth: '55%',
      margin: '0',
      color: 'var(--i-muted)',
      fontStyle: 'normal',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    '.cm-tooltip.cm-completionInfo': { maxWidth: '300px', padding: '8px 11px', fontSize: 'var(--i-tiny)' },
    '.cm-completionInfo p': { margin: '0 0 6px' },
    '.cm-completionInfo code': { color: 'var(--i-muted)', fontFamily: 'var(--i-mono)', overflowWrap: 'anywhere' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.string, tags.special(tags.string)], color: 'var(--i-success)' },
      { tag: [tags.number, tags.bool, tags.null], color: 'var(--i-node-logic)' },
      { tag: tags.keyword, color: 'var(--i-node-code)' },
      { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: 'var(--i-info)' },
      { tag: tags.comment, color: 'var(--i-muted)', fontStyle: 'italic' },
      { tag: tags.operator, color: 'var(--i-muted)' },
    ]),
  ),
]
