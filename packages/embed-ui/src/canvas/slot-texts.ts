// What nested sequences are called on the canvas.
import type { Step } from '@inlay/engine'
import type { Slot } from '../document/sequences.js'
import { readableText } from '../expressions/readable.js'
import type { MessageKey } from '../messages/messages.js'
import type { SummaryWords } from './step-looks.js'

/** What the frame around a sequence says. */
export function frameCaption(step: Step, { kind }: Slot): MessageKey {
  if (kind === 'attempt') return 'frame.attempt'
  if (kind === 'finally') return 'frame.finally'
  if (kind === 'notify') return 'frame.notify'
  return step.type === 'while' ? 'frame.while' : 'frame.forEach'
}

/** The text of a lane: when it is taken. */
export function laneText(step: Step, { slot, kind }: Slot, words: SummaryWords): string {
  const { t } = words
  switch (kind) {
    case 'else':
    case 'fallback':
    case 'catch':
    case 'undo':
      return t(`lane.${kind}`)
    case 'case':
      return caseText(step, slot, words)
    case 'variant':
      return variantText(step, slot, words)
    default:
      return partOf(slot)
  }
}

/** Which of several a slot is: its name, or its number. */
function partOf(slot: string): string {
  return slot.split('/')[1] ?? ''
}

function caseText(step: Step, slot: string, { t, stepNames, rootNames }: SummaryWords): string {
  const taken = step.type === 'branch' ? step.cases[Number(partOf(slot))] : undefined
  if (taken?.name !== undefined) return taken.name
  const condition = readableText(taken?.if ?? '', stepNames, rootNames)
  return condition === '' ? t('lane.caseEmpty') : t('lane.case', { condition })
}

function variantText(step: Step, slot: string, { t }: SummaryWords): string {
  if (step.type !== 'split') return ''
  const total = step.variants.reduce((sum, { weight }) => sum + weight, 0)
  const variant = step.variants[Number(partOf(slot))]
  if (variant === undefined) return ''
  const share = total === 0 ? 0 : Math.round((100 * variant.weight) / total)
  return t('lane.variant', { name: variant.name, share })
}
