/**
 * `pnpm bench:catalog`: what 500 connectors cost at start, next to 3. Each measurement is a process of
 * its own; those of both sizes take turns, and medians are printed.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { capture } from './command.js'
import { Refusal, runCommand } from './failure.js'
import { ROOT, temporaryFolder } from './paths.js'
import { step } from './progress.js'

const SIZES = [3, 500]
const ROUNDS = 15
const NODE = ['--expose-gc', '--conditions=inlay-source', '--import', 'tsx']

/** What a process found, in milliseconds and bytes. */
interface Start {
  readonly startMs: number
  readonly startRss: number
  readonly startHeap: number
  readonly listMs: number
  readonly listRss: number
  readonly loadMs: number
  readonly loadRss: number
}

runCommand(async (signal) => {
  const folder = temporaryFolder('inlay-catalog-')
  try {
    const largest = Math.max(...SIZES)
    await step(`Writing ${largest} connectors`, async () => writeConnectors(folder, largest))
    for (const size of SIZES) {
      await step(`Generating a catalog of ${size}`, () => child('write', [folder, String(size)], signal))
    }
    const starts = await step(`Starting ${ROUNDS * SIZES.length} times`, () => measure(folder, signal))
    for (const size of SIZES) print(`${size} connectors`, starts.get(size) ?? [])
    const [small = 0, large = 0] = SIZES.map((size) => median((starts.get(size) ?? []).map(({ startMs }) => startMs)))
    const [smallRss = 0, largeRss = 0] = SIZES.map((size) =>
      median((starts.get(size) ?? []).map((one) => one.startRss)),
    )
    console.log(`\nadded: ${(large - small).toFixed(1)} ms, ${mib(largeRss - smallRss)} MiB`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return 0
})

async function measure(folder: string, signal: AbortSignal): Promise<Map<number, Start[]>> {
  const starts = new Map<number, Start[]>(SIZES.map((size) => [size, []]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const size of SIZES) {
      const output = await child('start', [folder, String(size)], signal)
      // The process prints one line, its measurements.
      starts.get(size)?.push(JSON.parse(output) as Start)
    }
  }
  return starts
}

async function child(what: 'write' | 'start', args: readonly string[], signal: AbortSignal): Promise<string> {
  const script = join(ROOT, `scripts/src/measure-catalog/${what}.ts`)
  const { code, output } = await capture(process.execPath, [...NODE, script, ...args], { cwd: ROOT, signal })
  if (code !== 0) throw new Refusal(`The measurement failed:\n${output}`)
  return output
}

function print(title: string, starts: readonly Start[]): void {
  const of = (key: keyof Start): number => median(starts.map((start) => start[key]))
  console.log(`\n${title}`)
  console.log(
    `  ready            ${of('startMs').toFixed(1)} ms, ${mib(of('startRss'))} MiB, heap ${mib(of('startHeap'))} MiB`,
  )
  console.log(`  first list       ${of('listMs').toFixed(1)} ms more, ${mib(of('listRss'))} MiB`)
  console.log(`  one is used      ${of('loadMs').toFixed(1)} ms more, ${mib(of('loadRss'))} MiB`)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1)
}

/** Packages as authors write them: ten actions with forms and samples. */
function writeConnectors(folder: string, count: number): void {
  const sdk = pathToFileURL(join(ROOT, 'packages/sdk/src/connector/index.ts')).href
  for (let index = 0; index < count; index++) {
    const file = join(folder, `packages/c${index}/index.ts`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, connectorSource(sdk, index))
  }
}

function connectorSource(sdk: string, index: number): string {
  return `import { action, defineConnector, z } from '${sdk}'
const make = (number: number) => action({
  name: 'Do thing ' + number, description: 'Does one thing of the service, and tells what came of it.',
  input: z.object({
    record: z.string().meta({ title: 'Record', description: 'Its id.' }),
    kind: z.enum(['a', 'b', 'c']).meta({ title: 'Kind' }),
    lines: z.array(z.object({ sku: z.string(), count: z.int().optional() })).meta({ title: 'Lines' }),
  }),
  output: z.object({ id: z.string(), url: z.string(), createdAt: z.string(), owner: z.object({ id: z.string(), name: z.string() }) }),
  sampleOutput: { id: 'r1', url: 'https://example.com/r1', createdAt: '2026-01-01T00:00:00Z', owner: { id: 'u1', name: 'Kim' } },
  run: async ({ input }) => ({ id: input.record, url: '', createdAt: '', owner: { id: '', name: '' } }),
})
export const connector = defineConnector({
  id: 'service-${index}', version: '1.0.0', name: 'Service ${index}', description: 'One of many services that a product may need.',
  icon: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="${'M3 12h18M12 3c3 2.7 3.8 6 3.8 9s-.8 6.3-3.8 9'.repeat(8)}"/></svg>',
  categories: ['productivity'], auth: { kind: 'bearer' },
  actions: Object.fromEntries(Array.from({ length: 10 }, (_, number) => ['thing' + number, make(number)])),
})
`
}
