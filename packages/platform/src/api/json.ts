import type { JsonValue } from '@inlay/engine'
import { z } from 'zod'

/**
 * Any JSON, taken as it is: request bodies are parsed from JSON text, and what comes from our own tables was checked when
 * it was stored. The cast names what `any` stands for here.
 */
export const anyJson = z.any() as z.ZodType<JsonValue>

/** An instant as ISO 8601 text. */
export const instant = z.string().meta({ format: 'date-time' })

/** The input of a procedure that takes none: nothing, or an empty object as the REST API has it. */
export const noInput = z.strictObject({}).prefault({})
