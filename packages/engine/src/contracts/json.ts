/** Plain JSON data: the only kind of value that expressions, journals and the API exchange. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}
