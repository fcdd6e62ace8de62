import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { Decoration, EditorView } from '@codemirror/view'

/** Marks the character at which the text is wrong; undefined for none. */
export const markWrong = StateEffect.define<number | undefined>()

const MARK = Decoration.mark({ class: 'cm-wrong' })

/** Underlines where the text is wrong. */
export const wrongPlace: Extension = StateField.define({
  create: () => Decoration.none,
  update: (marks, { effects, changes, state }) => {
    const effect = effects.findLast((each) => each.is(markWrong))
    if (effect === undefined) return marks.map(changes)
    const { length } = state.doc
    if (effect.value === undefined || length === 0) return Decoration.none
    // Past the end stands what is missing: the last character shows it.
    const from = Math.min(Math.max(effect.value, 0), length - 1)
    return Decoration.set([MARK.range(from, from + 1)])
  },
  provide: (field) => EditorView.decorations.from(field),
})
