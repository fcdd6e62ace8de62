/** What this process needs no more once it can take jobs, and what leads to files, other programs or the network. */
const PROCESS_DOORS = ['binding', '_linkedBinding', 'dlopen', 'getBuiltinModule', 'kill', 'report', 'loadEnvFile']
const GLOBAL_DOORS = ['fetch', 'WebSocket', 'EventSource', 'require']

/**
 * Takes away what would let somebody who got out of QuickJS, into the heap of this process, go further: a second wall
 * behind the first, and the only one against the network, which the permission model of Node.js 20 does not know.
 */
export function closeDoors() {
  for (const name of PROCESS_DOORS) Reflect.deleteProperty(process, name)
  for (const name of GLOBAL_DOORS) Reflect.deleteProperty(globalThis, name)
}
