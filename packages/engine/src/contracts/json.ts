/** Plain JSON data: the only kind of value that expressions, journals and the API exchange. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
/** An object of plain JSON. */
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** Whether a value is an object, rather than a list, text, number, true, false or null. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A record of ours as the plain JSON that it is: TypeScript misses an index signature on interfaces. */
export function asJson(record: object): JsonValue {
  return record as JsonValue
}
