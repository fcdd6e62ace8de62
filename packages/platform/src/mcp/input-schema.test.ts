import { workflowSchema } from '@inlay/engine'
import { describe, expect, it } from 'vitest'
import { inputSchemaOf } from './input-schema.js'

function schemaOf(trigger: object, values: Record<string, string>) {
  const steps = [{ id: 'read', type: 'set', values }]
  return inputSchemaOf(workflowSchema.parse({ schema: 'inlay/workflow@1', name: 'Reads', trigger, steps }))
}

describe('the input of a workflow', () => {
  it('is what it reads of the body of a webhook, and nothing of the request around it', () => {
    const values = {
      a: '{{ trigger.body.order.id }}',
      b: '{{ trigger.body.order.total > 5 }}',
      c: '{{ trigger.method }}',
    }
    expect(schemaOf({ type: 'webhook' }, values)).toEqual({
      type: 'object',
      properties: { order: { type: 'object', properties: { id: {}, total: {} } } },
    })
  })

  it('is what it reads of the trigger when it is started by hand, lists included', () => {
    const values = { a: '{{ trigger.lines[0].sku }}', b: '{{ trigger.lines[1].count }}', c: '{{ trigger.note }}' }
    expect(schemaOf({ type: 'manual' }, values)).toEqual({
      type: 'object',
      properties: {
        lines: { type: 'array', items: { type: 'object', properties: { sku: {}, count: {} } } },
        note: {},
      },
    })
  })

  it('is anything when all of it is read at once, or nothing', () => {
    expect(schemaOf({ type: 'manual' }, { all: '{{ trigger }}' })).toEqual({ type: 'object' })
    expect(schemaOf({ type: 'webhook' }, { one: '1' })).toEqual({ type: 'object' })
  })
})
