import type { ArrayExpression, ObjectExpression, Property, SpreadElement } from 'acorn'
import { type CompileContext, forbiddenName, placed, refuse, unsupported } from './compile-context.js'
import { copyFields } from './copy-fields.js'
import type { Evaluate, Evaluation } from './evaluation.js'
import { toText } from './json-text.js'
import { asRecord, assertKey, isForbiddenKey, kindOf, orNull, wrongKind } from './values.js'

export function compileArray(context: CompileContext, node: ArrayExpression): Evaluate {
  const parts = node.elements.map((element) => {
    if (element === null) throw refuse(node, unsupported('A list cannot have holes', '[,]'))
    const spread = element.type === 'SpreadElement'
    return { spread, evaluate: context.compile(spread ? element.argument : element) }
  })
  return placed(context, node, (evaluation) => {
    const list: unknown[] = []
    for (const { spread, evaluate } of parts) {
      const value = evaluate(evaluation)
      if (spread) spreadInto(list, value, evaluation)
      else list.push(orNull(value))
    }
    return list
  })
}

function spreadInto(list: unknown[], value: unknown, evaluation: Evaluation): void {
  if (!Array.isArray(value)) {
    const message = `Only a list can be spread into a list, but this is ${kindOf(value)}`
    throw wrongKind({ wanted: 'list', value, what: '...', message })
  }
  evaluation.allowItems(list.length + value.length)
  for (const item of value) list.push(orNull(item))
}

type FillObject = (object: Record<string, unknown>, evaluation: Evaluation) => void

export function compileObject(context: CompileContext, node: ObjectExpression): Evaluate {
  const parts = node.properties.map((property) =>
    property.type === 'SpreadElement' ? compileSpread(context, property) : compileProperty(context, property),
  )
  return placed(context, node, (evaluation) => {
    const object: Record<string, unknown> = {}
    for (const part of parts) part(object, evaluation)
    return object
  })
}

function compileSpread(context: CompileContext, node: SpreadElement): FillObject {
  const evaluate = context.compile(node.argument)
  return (object, evaluation) => {
    const value = evaluate(evaluation)
    if (value === null || value === undefined) return
    copyFields(object, asRecord(value, 'Spreading into an object'), evaluation)
  }
}

function compileProperty(context: CompileContext, node: Property): FillObject {
  if (node.kind !== 'init' || node.method)
    throw refuse(
      node,
      unsupported('An object here holds plain values only', node.kind === 'init' ? 'name() {}' : node.kind),
    )
  const value = context.compile(node.value)
  if (node.computed) {
    const key = context.compile(node.key)
    return (object, evaluation) => {
      const name = assertKey(toText(key(evaluation), evaluation))
      object[name] = orNull(value(evaluation))
    }
  }
  const name = propertyName(node)
  if (isForbiddenKey(name)) throw refuse(node.key, forbiddenName(name))
  return (object, evaluation) => {
    object[name] = orNull(value(evaluation))
  }
}

function propertyName({ key }: Property): string {
  if (key.type === 'Identifier') return key.name
  if (key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number'))
    return String(key.value)
  throw refuse(key, unsupported('A field is named by a name, a text or a number', '1n'))
}
