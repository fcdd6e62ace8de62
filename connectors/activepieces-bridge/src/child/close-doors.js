/**
 * Takes away what leads out of a piece's process and what the permission model does not know: the network, signals to
 * other processes, what tells about this machine. A second wall, made of JavaScript: docs/adr/0042-pieces-run-in-confined-processes.md
 */
import childProcess from 'node:child_process'
import cluster from 'node:cluster'
import dgram from 'node:dgram'
import dns from 'node:dns'
import http2 from 'node:http2'
import inspector from 'node:inspector'
import module from 'node:module'
import net from 'node:net'
import os from 'node:os'
import tls from 'node:tls'
import v8 from 'node:v8'
import workerThreads from 'node:worker_threads'

const PROCESS_DOORS = [
  ...[
    'binding',
    '_linkedBinding',
    'dlopen',
    'getBuiltinModule',
    'kill',
    '_kill',
    'report',
    'loadEnvFile',
    'mainModule',
  ],
  ...[
    '_debugProcess',
    '_debugEnd',
    '_startProfilerIdleNotifier',
    '_stopProfilerIdleNotifier',
    '_rawDebug',
    'chdir',
    '_getActiveHandles',
    '_getActiveRequests',
  ],
]
const GLOBAL_DOORS = ['WebSocket', 'EventSource', 'WebSocketStream']

/** @param {string} name */
function refusal(name) {
  const error = new Error(
    `"${name}" is not available to pieces: requests go through node:http, node:https or fetch, and raw connections, ` +
      'name look-ups, processes and threads are refused.',
  )
  return Object.assign(error, { code: 'ERR_ACCESS_DENIED' })
}

/**
 * @param {object} target
 * @param {readonly string[]} names
 * @param {string} label
 */
function refuse(target, names, label) {
  for (const name of names) {
    if (typeof Reflect.get(target, name) !== 'function') continue
    const closed = function closed() {
      throw refusal(`${label}.${name}`)
    }
    Object.defineProperty(target, name, { value: closed, writable: false, configurable: false })
  }
}

/** @param {object} target */
function functionsOf(target) {
  return Object.getOwnPropertyNames(target).filter((name) => {
    const { value } = Object.getOwnPropertyDescriptor(target, name) ?? {}
    return name !== 'constructor' && typeof value === 'function'
  })
}

/** Closes them for good; requests of `node:http` are replaced by `openHttpDoor`, which has to come first. */
export function closeDoors() {
  closeHandles()
  closeSockets()
  refuse(childProcess, functionsOf(childProcess), 'child_process')
  refuse(workerThreads, ['Worker'], 'worker_threads')
  refuse(cluster, ['fork', 'setupPrimary', 'setupMaster'], 'cluster')
  refuse(inspector, ['open', 'Session', 'url', 'waitForDebugger'], 'inspector')
  refuse(v8, ['setFlagsFromString', 'writeHeapSnapshot', 'getHeapSnapshot', 'setHeapSnapshotNearHeapLimit'], 'v8')
  // A hook on loading would see what other modules of this process are given.
  refuse(module, ['register', 'registerHooks', 'runMain'], 'module')
  refuse(os, ['setPriority', 'networkInterfaces', 'userInfo', 'homedir'], 'os')
  Object.defineProperty(os, 'hostname', { value: () => 'localhost' })
  for (const name of PROCESS_DOORS) Reflect.deleteProperty(process, name)
  for (const name of GLOBAL_DOORS) Reflect.deleteProperty(globalThis, name)
  module.syncBuiltinESMExports()
}

/** Everything that connects, of `node:tls`, `node:http2` and the underscored modules too, ends in these prototypes. */
function closeSockets() {
  refuse(net.Socket.prototype, ['connect'], 'net.Socket')
  refuse(net.Server.prototype, ['listen', '_listen2'], 'net.Server')
  refuse(net, ['connect', 'createConnection', 'createServer', '_createServerHandle'], 'net')
  refuse(tls, ['connect', 'createServer'], 'tls')
  refuse(http2, ['connect', 'createServer', 'createSecureServer', 'performServerHandshake'], 'http2')
  refuse(dgram.Socket.prototype, functionsOf(dgram.Socket.prototype), 'dgram.Socket')
  refuse(dgram, ['createSocket', '_createSocketHandle'], 'dgram')
  for (const target of [dns, dns.promises]) refuse(target, functionsOf(target).filter(isLookUp), 'dns')
  for (const target of [dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
    refuse(target, resolverFunctions(target), 'dns.Resolver')
  }
}

/** @param {string} name */
function isLookUp(name) {
  return name !== 'Resolver'
}

/** @param {object} prototype */
function resolverFunctions(prototype) {
  const parent = Object.getPrototypeOf(prototype)
  return [...functionsOf(prototype), ...(parent === Object.prototype ? [] : functionsOf(parent))]
}

/** What sockets of Node.js stand on, which a piece could get hold of: standard input is a pipe, and a pipe may connect too. */
function closeHandles() {
  const udp = dgram.createSocket('udp4')
  const state = Object.getOwnPropertySymbols(udp).map((name) => Reflect.get(udp, name))
  const datagrams = state.find((value) => typeof value === 'object' && value !== null && 'handle' in value)?.handle
  const names = Reflect.get(new dns.Resolver(), '_handle')
  const pipe = Reflect.get(process.stdin, '_handle')
  udp.close()
  for (const [handle, label] of [
    [datagrams, 'udp'],
    [names, 'dns'],
    [pipe, 'pipe'],
  ]) {
    const prototype = Object.getPrototypeOf(handle)
    const opening = functionsOf(prototype).filter((name) => OPENING.test(name))
    if (opening.length === 0) throw new Error(`The functions that open a ${label} are not where they were.`)
    refuse(prototype, opening, label)
  }
}

const OPENING = /^(connect|bind|listen|send|query|getHost)/
