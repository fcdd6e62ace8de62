import { availableParallelism, loadavg, totalmem } from 'node:os'

const GIB = 2 ** 30

/** What figures were taken on, without its name: cores, memory, Node.js, and how busy it was before. */
export function describeMachine(): string {
  const [load = 0] = loadavg()
  const memory = `${Math.round(totalmem() / GIB)} GiB of memory`
  return `${availableParallelism()} cores, ${memory}, Node.js ${process.versions.node}, load ${load.toFixed(1)} before`
}
