import { parseArgs } from 'node:util'

/** The measurements in the order in which they run. */
const MEASUREMENT_NAMES = ['expressions', 'memory', 'journal', 'history', 'parked', 'line', 'peers'] as const
export type MeasurementName = (typeof MEASUREMENT_NAMES)[number]

/** What the command line asks for. */
export interface BenchOptions {
  readonly only: readonly MeasurementName[]
  readonly rounds: number
  readonly seconds: number
  readonly parkedRuns: number
  readonly historyRows: number
}

const FLAGS = {
  only: { type: 'string' },
  peers: { type: 'boolean' },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  parked: { type: 'string' },
  history: { type: 'string' },
} as const

/** @throws Error that names the flag and what it should be */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({ args: [...args], options: FLAGS })
  return {
    only: chosen(values.only, values.peers === true),
    rounds: count('rounds', values.rounds, 3),
    seconds: count('seconds', values.seconds, 5),
    parkedRuns: count('parked', values.parked, 1_000_000),
    historyRows: count('history', values.history, 2_000_000),
  }
}

/** All but the peers, which are installed from the registry, unless they are asked for. */
function chosen(only: string | undefined, withPeers: boolean): readonly MeasurementName[] {
  const names = only?.split(',') ?? MEASUREMENT_NAMES.filter((name) => name !== 'peers')
  const unknown = names.find((name) => !MEASUREMENT_NAMES.some((known) => known === name))
  if (unknown !== undefined) {
    throw new Error(`--only knows no "${unknown}". Give one or more of ${MEASUREMENT_NAMES.join(',')}.`)
  }
  return MEASUREMENT_NAMES.filter((name) => names.includes(name) || (withPeers && name === 'peers'))
}

function count(flag: string, text: string | undefined, otherwise: number): number {
  const value = Number(text?.replaceAll('_', '') ?? otherwise)
  if (Number.isInteger(value) && value >= 1) return value
  throw new Error(`--${flag} must be a whole number from 1, not "${text ?? ''}".`)
}
