import { z } from 'zod'
import type { JsonObject, JsonValue } from '../contracts/json.js'

/** Any JSON value. */
export const jsonValue: z.ZodType<JsonValue> = z.json()

/** Any JSON object. */
export const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), jsonValue)

/** A duration; its form is checked by the compiler, which knows the place and can say what is wrong. */
export const durationText = z.string().max(50)
