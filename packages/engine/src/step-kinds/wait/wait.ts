import { z } from 'zod'
import { durationText, jsonObject, jsonValue } from '../../compile/json-schema.js'
import type { WaitStep } from '../../contracts/workflow.js'
import type { StepBody } from '../../run/program.js'
import type { StepCompiler, StepKind } from '../step-kind.js'
import { answeredWait } from './answered-wait.js'
import { eventWait } from './event-wait.js'
import { timedWait } from './timed-wait.js'

const KINDS = ['for', 'until', 'event', 'approval', 'callback'] as const

/** `wait`: lets time pass, or waits for an event, a person or a callback, without holding a worker. */
export const waitKind: StepKind<'wait'> = {
  type: 'wait',
  schema: (steps) => ({
    type: z.literal('wait'),
    for: durationText.exactOptional().meta({ title: 'How long', description: 'For example 30s, 5m, 2h or 3d.' }),
    until: jsonValue
      .exactOptional()
      .meta({ title: 'Until', description: 'A moment, for example 2026-12-24T18:00:00Z.' }),
    event: z
      .strictObject({
        name: z.string().min(1).max(200),
        match: jsonObject.exactOptional(),
        timeout: durationText.exactOptional(),
        onTimeout: z.enum(['continue', 'fail']).exactOptional(),
      })
      .exactOptional(),
    approval: z
      .strictObject({
        title: z.string().min(1).max(16_384),
        message: z.string().max(16_384).exactOptional(),
        assignees: jsonValue.exactOptional(),
        timeout: durationText.exactOptional(),
        onTimeout: z.enum(['approve', 'reject', 'fail']).exactOptional(),
      })
      .exactOptional(),
    callback: z
      .strictObject({ timeout: durationText, onTimeout: z.enum(['continue', 'fail']).exactOptional() })
      .exactOptional(),
    steps: steps.exactOptional(),
  }),
  compile: (step, compiler) => {
    const given = KINDS.filter((kind) => step[kind] !== undefined)
    if (given.length !== 1) {
      const message = given.length === 0 ? 'A wait step needs to say for what.' : `It says ${given.join(' and ')}.`
      const expected = `exactly one of ${KINDS.join(', ')}`
      compiler.issue('', { code: 'wait.not_one_kind', message, expected, details: { given } })
    }
    if (step.steps !== undefined && step.approval === undefined && step.callback === undefined) {
      const message = 'Only approvals and callbacks have steps that tell others of them.'
      compiler.issue('/steps', { code: 'wait.no_steps', message })
    }
    return compileKind(step, compiler)
  },
}

function compileKind(step: WaitStep, compiler: StepCompiler): StepBody {
  if (step.event !== undefined) return eventWait(step.event, compiler)
  if (step.approval !== undefined || step.callback !== undefined) return answeredWait(step, compiler)
  return timedWait(step, compiler)
}
