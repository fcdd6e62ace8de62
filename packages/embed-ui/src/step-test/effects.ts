import type { Step } from '@inlay/engine'
import type { StepTest } from '../data/api-types.js'

/** What a test of a step does, before it is run; `nothing`: the step is only the steps inside it. */
export type ExpectedEffect = StepTest['effect'] | 'nothing'

export function expectedEffect({ type }: Step): ExpectedEffect {
  switch (type) {
    case 'action':
      return 'called'
    case 'code':
    case 'set':
    case 'branch':
    case 'split':
      return 'computed'
    case 'parallel':
    case 'try':
      return 'nothing'
    default:
      return 'shown'
  }
}

/** Whether later steps use what the step gives, so that data can stand in for it. */
export function canBePinned({ type }: Step): boolean {
  return (
    type === 'action' || type === 'code' || type === 'call' || type === 'set' || type === 'wait' || type === 'forEach'
  )
}
