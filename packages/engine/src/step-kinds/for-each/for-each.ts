import { z } from 'zod'
import { jsonValue } from '../../compile/json-schema.js'
import { StepError } from '../../contracts/errors.js'
import { asJson, type JsonValue } from '../../contracts/json.js'
import type { ForEachStep } from '../../contracts/workflow.js'
import type { CompiledTemplate } from '../../expression/index.js'
import type { Frame } from '../../run/frame.js'
import { runSequence } from '../../run/interpreter.js'
import type { CompiledStep, StepCall } from '../../run/program.js'
import { FailureSignal } from '../../run/signals.js'
import { type Settled, settle, throwSignals } from '../settle-all.js'
import type { StepKind } from '../step-kind.js'

/** `forEach`: runs its steps for each item. Its output lists, in order, what the last step gave for each item. */
export const forEachKind: StepKind<'forEach'> = {
  type: 'forEach',
  schema: (steps) => ({
    type: z.literal('forEach'),
    items: jsonValue.meta({ title: 'Items', description: 'A list, or an expression that gives one.' }),
    concurrency: z.int().min(1).max(100).exactOptional(),
    onItemError: z.enum(['fail', 'skip', 'collect']).exactOptional(),
    steps,
  }),
  compile: (step, compiler) => {
    const items =
      typeof step.items === 'string'
        ? compiler.expression(step.items, '/items')
        : compiler.template(step.items, '/items')
    const loop: Loop = {
      steps: compiler.loopSteps(step.steps, '/steps', true),
      concurrency: step.concurrency ?? 1,
      onItemError: step.onItemError ?? 'fail',
    }
    return {
      nature: 'block',
      isPure: true,
      children: [],
      run: (call) => runItems(loop, listOf(items, call.frame), call),
      rounds: function* (frame) {
        for (const [index, item] of listOf(items, frame).entries()) {
          yield { steps: loop.steps, frame: frame.forItem(item, index) }
        }
      },
    }
  },
}

function listOf(items: CompiledTemplate, frame: Frame): readonly JsonValue[] {
  const list = frame.evaluate(items)
  if (Array.isArray(list)) return list
  throw new StepError('validation', 'The items are not a list', {
    detail: `forEach needs a list, but "items" gave ${list === null ? 'nothing' : typeof list}.`,
  })
}

interface Loop {
  readonly steps: readonly CompiledStep[]
  readonly concurrency: number
  readonly onItemError: NonNullable<ForEachStep['onItemError']>
}

async function runItems(loop: Loop, items: readonly JsonValue[], { frame }: StepCall): Promise<JsonValue> {
  const outputs: (JsonValue | undefined)[] = []
  const settled: Settled[] = []
  let next = 0
  // Items after a failed or paused one do not start: with concurrency 1 the loop is a sequence.
  let ended = false
  const take = async (): Promise<void> => {
    while (next < items.length && !ended) {
      const index = next++
      const itemFrame = frame.forItem(items[index] ?? null, index)
      const result = await settle(() => runSequence(loop.steps, itemFrame))
      settled[index] = result
      ended ||= !isTolerated(loop, result)
      if (result.ok) outputs[index] = itemFrame.lastOutput(loop.steps)
      else if (loop.onItemError === 'collect' && result.signal instanceof FailureSignal) {
        outputs[index] = { error: asJson(result.signal.error) }
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(loop.concurrency, items.length) }, take))
  throwSignals(settled.filter((result) => !isTolerated(loop, result)))
  return outputs.filter((output) => output !== undefined)
}

function isTolerated(loop: Loop, result: Settled): boolean {
  return result.ok || (loop.onItemError !== 'fail' && result.signal instanceof FailureSignal)
}
