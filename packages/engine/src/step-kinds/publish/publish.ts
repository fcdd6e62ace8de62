import { z } from 'zod'
import { jsonValue } from '../../compile/json-schema.js'
import { toPlainJson } from '../../contracts/plain-json.js'
import { idempotencyKey } from '../../contracts/run.js'
import { publishEvent } from '../../run/publish-event.js'
import type { StepKind } from '../step-kind.js'

/** `publish`: emits an event that workflows can start on or wait for. Its output is `{ eventId }`. */
export const publishKind: StepKind<'publish'> = {
  type: 'publish',
  schema: () => ({
    type: z.literal('publish'),
    event: z.string().min(1).max(200).meta({ title: 'Event', description: 'Its name, for example order.approved.' }),
    payload: jsonValue.exactOptional().meta({ title: 'Data', description: 'What those who receive it see.' }),
  }),
  compile: (step, compiler) => {
    const payload = compiler.template(step.payload ?? {}, '/payload')
    return {
      nature: 'leaf',
      isPure: false,
      run: async (call) => {
        const { activation } = call.frame
        const { deps, run } = activation
        const data = toPlainJson(call.frame.evaluate(payload), {
          maxBytes: deps.settings.maxPayloadBytes,
          name: 'payload',
        })
        call.input = { event: step.event, payload: data }
        await activation.makeDurable()
        call.frame.assertGoing()
        // The same after a crash, so that the event is recorded once.
        const eventId = idempotencyKey(run.runId, call.address)
        const { tenantId, customerId } = run
        await publishEvent(deps, { eventId, tenantId, customerId, name: step.event, payload: data })
        return { eventId }
      },
    }
  },
}
