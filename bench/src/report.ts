import { arch, cpus } from 'node:os'
import type { Latency } from './rounds/latency.js'
import type { ThroughputRound } from './rounds/throughput.js'
import { median } from './statistics.js'

export interface BenchResult {
  readonly throughput: readonly ThroughputRound[]
  readonly latency: readonly { readonly product: Latency; readonly express: Latency }[]
  /** 1 KB rows a second in statements of 100. */
  readonly inserts: number
  /** Empty jobs a second. */
  readonly bullmq: number
}

/** The figures as a Markdown page section, medians over the rounds, ratios taken round by round. */
export function formatReport({ throughput, latency, inserts, bullmq }: BenchResult): string {
  const of = (pick: (round: ThroughputRound) => number): string => whole(median(throughput.map(pick)))
  const lines = [
    `Node ${process.version}, ${cpus().length} x ${arch()}, ${throughput.length} interleaved rounds, medians`,
    '',
    '| Throughput | a second |',
    '|---|---|',
    `| Express route that only answers | ${of((r) => r.express)} |`,
    `| webhooks accepted (run committed) | ${of((r) => r.accepted)} |`,
    `| runs completed (set, branch, HTTP call) | ${of((r) => r.completed)} |`,
    `| BullMQ empty jobs | ${whole(bullmq)} |`,
    `| PostgreSQL 1 KB rows, 100 a commit | ${whole(inserts)} |`,
    '',
    '| Trigger to stub at 20 a second, ms | p50 | p95 | p99 |',
    '|---|---|---|---|',
    latencyLine(
      'Express route: commit a row, call the stub',
      latency.map((r) => r.express),
    ),
    latencyLine(
      'Inlay',
      latency.map((r) => r.product),
    ),
    '',
    `completed / Express accept: ${percent(throughput.map((r) => r.completed / r.express))} (goal: at least 8 %)`,
    `p50 / Express p50: ${times(latency.map((r) => r.product.p50 / r.express.p50))} (goal: at most 2.5)`,
    '',
  ]
  return `${lines.join('\n')}\n`
}

function latencyLine(name: string, rounds: readonly Latency[]): string {
  const of = (pick: (latency: Latency) => number): string => median(rounds.map(pick)).toFixed(1)
  return `| ${name} | ${of((l) => l.p50)} | ${of((l) => l.p95)} | ${of((l) => l.p99)} |`
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function percent(ratios: readonly number[]): string {
  return `${(median(ratios) * 100).toFixed(1)} % (${ratios.map((r) => (r * 100).toFixed(1)).join(', ')})`
}

function times(ratios: readonly number[]): string {
  return `${median(ratios).toFixed(2)} x (${ratios.map((r) => r.toFixed(2)).join(', ')})`
}
