import { newId } from '../contracts/ids.js'
import type { CircuitSettings, CircuitStore } from '../ports/circuit-store.js'
import { equal } from './journal-world.js'

/** What a scenario works with: two views of one store, as two processes have them. */
export interface CircuitWorld {
  readonly stores: readonly [CircuitStore, CircuitStore]
  /** Lets this much time pass for the store. */
  pass(ms: number): Promise<void>
}

/** One rule that every circuit store keeps. */
export interface CircuitScenario {
  readonly name: string
  /** Rejects with what is wrong. */
  check(world: CircuitWorld): Promise<void>
}

const SETTINGS: CircuitSettings = {
  windowMs: 1000,
  minCalls: 10,
  failureRate: 0.5,
  openMs: 300,
  maxOpenMs: 500,
  probeMs: 300,
}

/** Every rule of the circuit store. */
export const circuitScenarios: readonly CircuitScenario[] = [
  {
    name: 'failures of all processes together open a circuit, once',
    check: async ({ stores: [one, other] }) => {
      const key = newKey()
      const first = await one.report(key, { calls: 6, failures: 4 }, SETTINGS)
      equal(first.openedForMs, undefined, 'after too few calls')
      equal((await other.report(key, { calls: 4, failures: 1 }, SETTINGS)).openedForMs, SETTINGS.openMs, 'the opening')
      equal((await one.report(key, { calls: 10, failures: 10 }, SETTINGS)).openedForMs, undefined, 'while it is open')
      equal(await isBlocked(one, key), true, 'for one process')
      equal(await isBlocked(other, key), true, 'for the other')
      equal(await isBlocked(other, newKey()), false, 'another circuit')
    },
  },
  {
    name: 'few failures among many calls, and failures of long ago, open nothing',
    check: async ({ stores: [store], pass }) => {
      const key = newKey()
      await store.report(key, { calls: 30, failures: 9 }, SETTINGS)
      await pass(SETTINGS.windowMs + 150)
      equal((await store.report(key, { calls: 9, failures: 9 }, SETTINGS)).openedForMs, undefined, 'in a new window')
      equal(await isBlocked(store, key), false, 'blocked')
    },
  },
  {
    name: 'one call tries when the time is over, and closes the circuit when all is well',
    check: async ({ stores: [one, other], pass }) => {
      const key = newKey()
      equal((await one.probe(key, SETTINGS)).answer, 'go', 'while it is closed')
      await one.report(key, { calls: 10, failures: 10 }, SETTINGS)
      equal((await one.probe(key, SETTINGS)).answer, 'wait', 'too early')
      await pass(SETTINGS.openMs + 20)
      const answers = await Promise.all([one, other, one, other].map((store) => store.probe(key, SETTINGS)))
      equal(answers.map(({ answer }) => answer).sort(), ['try', 'wait', 'wait', 'wait'], 'tries')
      equal((await one.settle(key, 'well', SETTINGS)).openedForMs, undefined, 'the verdict')
      equal([(await other.probe(key, SETTINGS)).answer, await isBlocked(other, key)], ['go', false], 'after it')
    },
  },
  {
    name: 'a circuit stays open for longer each time that a try fails, up to a bound',
    check: async ({ stores: [one, other], pass }) => {
      const key = newKey()
      await one.report(key, { calls: 10, failures: 10 }, SETTINGS)
      await pass(SETTINGS.openMs + 20)
      await other.probe(key, SETTINGS)
      equal((await other.settle(key, 'failing', SETTINGS)).openedForMs, 500, 'the second time')
      equal((await one.probe(key, SETTINGS)).answer, 'wait', 'then')
    },
  },
  {
    name: 'a try that was lost, or says nothing, is given to another call',
    check: async ({ stores: [one, other], pass }) => {
      const key = newKey()
      await one.report(key, { calls: 10, failures: 10 }, SETTINGS)
      await pass(SETTINGS.openMs + 20)
      await one.probe(key, SETTINGS)
      await one.settle(key, 'unknown', SETTINGS)
      equal((await other.probe(key, SETTINGS)).answer, 'try', 'after no verdict')
      await pass(SETTINGS.probeMs + 20)
      equal((await one.probe(key, SETTINGS)).answer, 'try', 'after it was lost')
    },
  },
  {
    name: 'a pause is seen by all until it is over',
    check: async ({ stores: [one, other], pass }) => {
      const key = newKey()
      await one.pause(key, 300)
      await other.pause(key, 50)
      const pauses = async () => (await other.blocked()).pauses.filter((pause) => pause.key === key)
      const [pause] = await pauses()
      equal((pause?.remainingMs ?? 0) > 100, true, 'the longer one counts')
      await pass(320)
      equal(await pauses(), [], 'afterwards')
    },
  },
  {
    name: 'processes together get no more permissions than a rate allows',
    check: async ({ stores }) => {
      const key = newKey()
      const rate = { limit: 25, periodMs: 60_000, wanted: 2 }
      const taken = await Promise.all(Array.from({ length: 40 }, (_, n) => stores[n % 2 === 0 ? 0 : 1].take(key, rate)))
      const granted = taken.reduce((sum, answer) => sum + answer.granted, 0)
      equal(granted, rate.limit, 'permissions')
      equal(
        taken.every(({ remainingMs }) => remainingMs > 0 && remainingMs <= rate.periodMs + 1),
        true,
        'times',
      )
    },
  },
  {
    name: 'processes together take turns from one bucket, in order, and none that is too far away',
    check: async ({ stores }) => {
      const key = newKey()
      const pace = { requests: 5, perMs: 50_000, maxWaitMs: 30_000, pause: newKey() }
      const turns = []
      for (let n = 0; n < 10; n++) turns.push(await stores[n % 2 === 0 ? 0 : 1].turn(key, pace))
      const taken = turns.filter(({ answer }) => answer === 'taken').map(({ waitMs }) => Math.ceil(waitMs / 10_000))
      equal(taken, [0, 0, 0, 0, 0, 1, 2, 3], 'turns, in tens of seconds')
      const refused = turns.slice(8).map(({ answer, waitMs }) => [answer, Math.ceil(waitMs / 10_000)])
      equal(refused, Array(2).fill(['ahead', 4]), 'what is too far away is not taken')
      equal((await stores[0].turn(newKey(), pace)).waitMs, 0, 'another bucket')
    },
  },
  {
    name: 'a bucket fills evenly, and never holds more than its pace',
    check: async ({ stores: [store], pass }) => {
      const key = newKey()
      const pace = { requests: 2, perMs: 400, maxWaitMs: 0, pause: newKey() }
      const take = async () => (await store.turn(key, pace)).answer
      equal([await take(), await take(), await take()], ['taken', 'taken', 'ahead'], 'at first')
      await pass(220)
      equal(await take(), 'taken', 'after half of the time')
      await pass(900)
      equal([await take(), await take(), await take()], ['taken', 'taken', 'ahead'], 'after a long time')
    },
  },
  {
    name: 'a pause closes the bucket for all processes, and takes nothing from it',
    check: async ({ stores: [one, other], pass }) => {
      const key = newKey()
      const pace = { requests: 1, perMs: 60_000, maxWaitMs: 0, pause: newKey() }
      await one.pause(pace.pause, 300)
      const paused = await other.turn(key, pace)
      equal([paused.answer, paused.waitMs > 100 && paused.waitMs <= 300], ['paused', true], 'while it lasts')
      await pass(320)
      equal((await other.turn(key, pace)).answer, 'taken', 'afterwards')
    },
  },
]

function newKey(): string {
  return newId('key', Date.now())
}

async function isBlocked(store: CircuitStore, key: string): Promise<boolean> {
  return (await store.blocked()).circuits.some((circuit) => circuit.key === key)
}
