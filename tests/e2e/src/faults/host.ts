/**
 * A process that hosts the engine, for tests to strike. Its parent says over IPC what to do; the environment says how it
 * fails: `CRASH` (a crash point), `CLOCK_STEP_MS` (how wrong its clock is); and its patience: `LEASE_MS`, `DRAIN_MS`.
 */
import { performance } from 'node:perf_hooks'
import { createEngine, StepError, type VersionId } from '@inlay/engine'
import { plainConnector } from '@inlay/engine/conformance'
import { createMemoryConnectors, createMemoryDefinitions } from '@inlay/engine/memory'
import { ARRAY_TYPES, createPostgresJournal } from '@inlay/engine/postgres'
import { z } from '@inlay/sdk/connector'
import postgres from 'postgres'
import { armed, type CrashPoint } from './crash-points.js'
import { DEFINITIONS } from './definitions.js'
import type { HostCommand, HostReport } from './hosts.js'

stepClock(Number(process.env['CLOCK_STEP_MS'] ?? 0))

const sql = postgres(process.env['DATABASE_URL'] ?? '', {
  max: 6,
  onnotice: () => {},
  connect_timeout: 3,
  fetch_types: false,
  types: ARRAY_TYPES,
})
const effects = process.env['EFFECTS_URL'] ?? ''
const crash = process.env['CRASH']
const point = crash === undefined ? undefined : (JSON.parse(crash) as CrashPoint)
const journal = armed(createPostgresJournal({ sql, queryTimeoutMs: 3000 }), point)

const inputs = z.looseObject({
  refuse: z.boolean().optional(),
  slow: z.boolean().optional(),
  abort: z.boolean().optional(),
  blockMs: z.number().optional(),
})

const engine = createEngine({
  journal,
  definitions: createMemoryDefinitions(DEFINITIONS, { wf_child: 'ver_child' as VersionId }),
  connectors: createMemoryConnectors([
    plainConnector({
      id: 'test',
      actions: {
        call: {
          name: 'Call',
          description: 'Tells the outside.',
          input: inputs,
          output: z.json(),
          run: async ({ input, idempotencyKey, signal }) => {
            const { refuse, slow, abort, blockMs } = inputs.parse(input)
            await fetch(`${effects}/${slow === true ? 'slow' : 'call'}`, {
              method: 'POST',
              signal,
              headers: { 'idempotency-key': idempotencyKey },
            })
            if (abort === true) process.abort()
            if (blockMs !== undefined) block(blockMs)
            if (refuse === true) throw new StepError('rejected', 'refused')
            return { done: true }
          },
        },
      },
    }),
  ]),
  credentials: { open: async () => ({ kind: 'none', fields: {} }) },
  http: { request: () => Promise.reject(new Error('not used')) },
  net: { connect: () => Promise.reject(new Error('not used')) },
  settings: { leaseMs: Number(process.env['LEASE_MS']), maxRecoveries: 3 },
  onUnexpected: (error) => report({ unexpected: String(error) }),
})

process.on('message', (command: HostCommand) => {
  if ('execute' in command)
    engine.execute(command.execute).catch((error: unknown) => report({ unexpected: String(error) }))
  if ('start' in command) engine.start(command.start).catch((error: unknown) => report({ unexpected: String(error) }))
})

let isSweeping = process.env['SWEEP'] === '1'
async function sweep(): Promise<void> {
  try {
    const due = await journal.due(100)
    void engine.execute(due.map(({ runId }) => runId)).catch(() => undefined)
  } catch (error) {
    report({ unexpected: String(error) })
  }
  if (isSweeping) setTimeout(() => void sweep(), 100)
}
if (isSweeping) void sweep()

process.once('SIGTERM', async () => {
  isSweeping = false
  await engine.close({ drainMs: Number(process.env['DRAIN_MS']) })
  process.exit(0)
})
process.once('disconnect', () => process.exit(0))
report({ ready: true })

function report(message: HostReport): void {
  process.send?.(message)
}

function block(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

/** What a machine whose clock is wrong tells its programs. */
function stepClock(ms: number): void {
  if (ms === 0) return
  const now = Date.now.bind(Date)
  Date.now = () => now() + ms
  const { timeOrigin } = performance
  Object.defineProperty(performance, 'timeOrigin', { get: () => timeOrigin + ms })
}
