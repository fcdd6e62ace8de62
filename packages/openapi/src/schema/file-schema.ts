import { fileRefSchema, type JsonObject } from '@inlay/engine'
import { z } from 'zod'

const { $schema: _, ...shape } = z.toJSONSchema(fileRefSchema)

/** What a file looks like in samples. */
export const FILE_SAMPLE: JsonObject = { $file: 'file_1', name: 'sample.txt', contentType: 'text/plain', size: 6 }

/** The JSON Schema of a file that steps hand to each other. */
// A JSON Schema document is a JSON object.
export const FILE_SCHEMA: JsonObject = { ...(shape as JsonObject), examples: [FILE_SAMPLE] }
