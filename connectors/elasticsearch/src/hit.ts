import { createHash } from 'node:crypto'
import { jsonObject, jsonValue, z } from '@inlay/sdk/connector'

/** A document that was found. */
export const hitSchema = z.object({
  index: z.string().meta({ title: 'Index' }),
  id: z.string().meta({ title: 'Id' }),
  score: z.number().nullable().meta({ title: 'Score' }),
  document: jsonObject.meta({ title: 'Document' }),
})

/** A document as a search would find it. */
export const sampleHit: z.infer<typeof hitSchema> = {
  index: 'orders',
  id: 'order-1001',
  score: 1.3,
  document: { customer: 'Acme', total: 42, '@timestamp': '2026-04-10T20:09:31.000Z' },
}

/** What a search answers: with status 200 even when some shards have failed, or time was over. */
export const searchAnswer = z.object({
  timed_out: z.boolean().default(false),
  _shards: z.object({ failed: z.number().default(0) }).default({ failed: 0 }),
  hits: z.object({
    total: z
      .union([z.number(), z.object({ value: z.number() }).transform(({ value }) => value)])
      .nullish()
      .transform((total) => total ?? null),
    hits: z.array(
      z.object({
        _index: z.string(),
        _id: z.string(),
        _score: z.number().nullish(),
        _source: jsonObject.default({}),
        sort: z.array(jsonValue).optional(),
      }),
    ),
  }),
  aggregations: jsonObject.optional(),
})

/** One hit of a search's answer. */
export type Hit = z.infer<typeof searchAnswer>['hits']['hits'][number]

/** A found document as workflows see it. */
export function hitOf({ _index, _id, _score, _source }: Hit): z.infer<typeof hitSchema> {
  return { index: _index, id: _id, score: _score ?? null, document: _source }
}

/** What became of one document. */
export const writtenSchema = z.object({
  index: z.string().meta({ title: 'Index' }),
  id: z.string().meta({ title: 'Id' }),
  version: z.number().nullable().meta({ title: 'Version' }),
  result: z.string().meta({ title: 'Result', description: 'created, updated, deleted, noop or not_found' }),
})

/** What became of a document, as the service would say. */
export const sampleWritten: z.infer<typeof writtenSchema> = {
  index: 'orders',
  id: 'order-1001',
  version: 1,
  result: 'created',
}

/** The answer to a change of one document. */
export const writeAnswer = z
  .object({ _index: z.string(), _id: z.string(), _version: z.number().nullish(), result: z.string() })
  .transform(({ _index, _id, _version, result }) => ({ index: _index, id: _id, version: _version ?? null, result }))

/** An id for a document without one: the same each time the step is tried, so that none is written twice. */
export function idOnce(idempotencyKey: string, position = 0): string {
  return createHash('sha256').update(`${idempotencyKey}:${position}`).digest('hex').slice(0, 32)
}
