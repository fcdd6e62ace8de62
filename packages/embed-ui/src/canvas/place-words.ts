import type { WorkflowDefinition } from '@inlay/engine'
import { sequenceAt } from '../document/edit.js'
import { findStep, type Place, slotsOf } from '../document/sequences.js'
import { frameCaption, laneText } from './slot-texts.js'
import { type SummaryWords, stepTitle } from './step-looks.js'
import type { PlaceWords } from './usePlaceWords.js'

/** Words for the places of a definition, for people who cannot see where they are. */
export function placeWords(definition: WorkflowDefinition, words: SummaryWords): PlaceWords {
  return (place) => describe(definition, place, words)
}

function describe(definition: WorkflowDefinition, place: Place, words: SummaryWords): string {
  const { t, connectors } = words
  const before = sequenceAt(definition, place)[place.index - 1]
  if (before !== undefined) return t('place.after', { name: stepTitle(before, connectors, t) })
  const owner = place.stepId === null ? undefined : findStep(definition, place.stepId)?.step
  const slot = owner === undefined ? undefined : slotsOf(owner).find((each) => each.slot === place.slot)
  if (owner === undefined || slot === undefined) return t('place.start')
  return t('place.inside', { lane: slotText(owner, slot.slot, words), name: stepTitle(owner, connectors, t) })
}

/** What a sequence inside a step is called, whether it is drawn as a lane or as a frame. */
export function slotText(step: Parameters<typeof slotsOf>[0], slotPath: string, words: SummaryWords): string {
  const slot = slotsOf(step).find((each) => each.slot === slotPath)
  if (slot === undefined) return ''
  const isFrame = ['body', 'attempt', 'finally', 'notify'].includes(slot.kind)
  return isFrame ? words.t(frameCaption(step, slot)) : laneText(step, slot, words)
}
