import type { JsonObject } from '@inlay/engine'
import type { FoundOperation } from '../import/context.js'
import type { ImportedOperation, ImportedOptions } from '../imported-connector.js'
import { isObject, listOr, objectOr, textOr } from '../json.js'
import { type ExtensionContext, pathOf } from './extension-context.js'

/** Choices of fields, by field, from `x-inlay-options` of an operation or of a parameter. */
export function readOptions(
  found: FoundOperation,
  operation: ImportedOperation,
  context: ExtensionContext,
): ImportedOperation['options'] {
  const ofParameters = listOr(found.operation['parameters'])
    .filter(isObject)
    .flatMap((parameter) => {
      const field = operation.parameters.find(
        ({ name, in: place }) => name === parameter['name'] && place === parameter['in'],
      )?.field
      const given = parameter['x-inlay-options']
      return field === undefined || given === undefined ? [] : [[field, given] as const]
    })
  const given = [...ofParameters, ...Object.entries(objectOr(found.operation['x-inlay-options']))]
  const fields = objectOr(operation.input['properties'])
  return Object.fromEntries(
    given.flatMap(([field, options]) => {
      const read = Object.hasOwn(fields, field) ? readFieldOptions(objectOr(options), context) : undefined
      if (read === undefined)
        context.notes.add(
          'left_out',
          `${found.pointer}/x-inlay-options`,
          `The choices of "${field}" name no field or no operation of this document.`,
        )
      return read === undefined ? [] : [[field, read] as const]
    }),
  )
}

function readFieldOptions(given: JsonObject, { byName }: ExtensionContext): ImportedOptions | undefined {
  const operation = byName.get(textOr(given['operation']) ?? '')
  if (operation === undefined) return undefined
  const search = textOr(given['search'])
  const value = pathOf(given['value']) ?? ['id']
  return {
    operation: operation.id,
    input: objectOr(given['input']),
    items: pathOf(given['items']) ?? operation.paging?.items ?? [],
    value,
    label: pathOf(given['label']) ?? value,
    ...(search === undefined ? {} : { searchField: search }),
    dependsOn: Object.fromEntries(
      Object.entries(objectOr(given['dependsOn'])).map(([field, target]) => [field, String(target)]),
    ),
  }
}
