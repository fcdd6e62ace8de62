import { compileTemplate, type ExpressionScope, type JsonValue } from '@inlay/engine'
import { interleave, ratios } from '../interleave.js'
import type { BenchContext, Figure, Section } from '../measurement.js'

const EVALUATIONS = 200_000
const WARM_UP = 50_000
/** Loops are this much rarer, so that each case takes about as long. */
const LIST_EVALUATIONS = 10_000

interface Case {
  readonly what: string
  readonly document: JsonValue
  readonly evaluations?: number
}

const CASES = {
  path: { what: 'a path: `{{ trigger.body.order.total }}`', document: '{{ trigger.body.order.total }}' },
  text: { what: 'text with a path: `Order {{ … }}`', document: 'Order {{ trigger.body.order.id }}' },
  condition: {
    what: 'a condition: `{{ steps.order.output.total > 50 }}`',
    document: '{{ steps.order.output.total > 50 }}',
  },
  document: {
    what: 'a document of three paths',
    document: {
      id: '{{ trigger.body.order.id }}',
      total: '{{ trigger.body.order.total }}',
      currency: '{{ trigger.body.order.currency }}',
    },
  },
  list: {
    what: 'filter, map and join of a list of 10',
    document: '{{ trigger.body.order.lines.filter(line => line.price > 10).map(line => line.name).join(", ") }}',
    evaluations: LIST_EVALUATIONS,
  },
} as const satisfies Readonly<Record<string, Case>>

const order = {
  id: 'A-1001',
  total: 99.5,
  currency: 'EUR',
  lines: Array.from({ length: 10 }, (_, index) => ({ name: `Item ${index}`, price: index * 3 })),
}
const scope: ExpressionScope = {
  trigger: { body: { order } },
  steps: { order: { output: { total: 99.5 }, status: 'succeeded' } },
  vars: {},
  run: {},
  customer: {},
  tenant: {},
}

/** Nanoseconds per evaluation of compiled templates, next to a path that is read by plain JavaScript. */
export async function measureExpressions({ rounds, progress }: BenchContext): Promise<readonly Section[]> {
  progress('evaluating')
  const compiled = {
    path: evaluator(CASES.path),
    text: evaluator(CASES.text),
    condition: evaluator(CASES.condition),
    document: evaluator(CASES.document),
    list: evaluator(CASES.list),
  }
  const values = await interleave(rounds, { ...compiled, plain: async () => timePlain() })
  const figure = (name: keyof typeof CASES): Figure => ({ what: CASES[name].what, values: values[name], unit: 'ns' })
  return [
    {
      title: 'Expressions, per evaluation after compiling',
      figures: [
        { what: 'the same path in plain JavaScript', values: values.plain, unit: 'ns' },
        ...(['text', 'condition', 'document', 'list'] as const).map(figure),
        { what: 'path / plain JavaScript', values: ratios(values.path, values.plain), unit: 'ratio' },
      ],
      goals: [{ ...figure('path'), bound: { atMost: 1000 } }],
    },
  ]
}

/** Compiles at once and answers a timer. */
function evaluator({ document, evaluations = EVALUATIONS }: Case): () => Promise<number> {
  const result = compileTemplate(document)
  if (!result.ok) throw new Error(`The benchmark's template does not compile: ${JSON.stringify(result.issues)}`)
  const { template } = result
  const evaluate = (): unknown => template.evaluate(scope)
  time(evaluate, Math.min(WARM_UP, evaluations))
  return async () => time(evaluate, evaluations)
}

function timePlain(): number {
  // The scope above has this shape.
  const plain = scope as unknown as { trigger?: { body?: { order?: { total?: number } } } }
  return time(() => plain.trigger?.body?.order?.total, EVALUATIONS)
}

/** Where results go, so that no evaluation is optimised away. */
let sink: unknown

function time(evaluate: () => unknown, times: number): number {
  const start = process.hrtime.bigint()
  for (let i = 0; i < times; i++) sink = evaluate()
  if (sink === undefined) throw new Error('The evaluation gave nothing.')
  return Number(process.hrtime.bigint() - start) / times
}
