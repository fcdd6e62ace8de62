import type { Step, StepOfType, StepType } from '@inlay/engine'
import { useCallback } from 'react'
import { updateStep } from '../document/edit.js'
import { useBuilder } from '../state/useBuilder.js'

/** Changes the step being edited. `field` names what is typed into, so that typing is one undo entry. */
export type StepEditor<T extends StepType> = (change: (step: StepOfType<T>) => Step, field?: string) => void

/** An editor for one step of a known type; does nothing when the step is of another type by now. */
export function useStepEditor<T extends StepType>(id: string, type: T): StepEditor<T> {
  const builder = useBuilder()
  return useCallback(
    (change, field) => {
      builder.edit(
        (definition) => updateStep(definition, id, (step) => (isOfType(step, type) ? change(step) : step)),
        field === undefined ? {} : { mergeKey: `${id}:${field}` },
      )
    },
    [builder, id, type],
  )
}

function isOfType<T extends StepType>(step: Step, type: T): step is StepOfType<T> {
  return step.type === type
}
