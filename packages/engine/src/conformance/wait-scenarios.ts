import type { JsonObject } from '../contracts/json.js'
import {
  claimOne,
  equal,
  fenced,
  isNamed,
  type JournalScenario,
  LEASE_MS,
  newEventOf,
  newRun,
  newToken,
  openStep,
  started,
  statusOf,
  step,
} from './journal-world.js'
import { answersOf, payloadsOf, waitFor, waiting } from './waiting-runs.js'

/** How waits for events are answered, and what becomes of answers. */
export const waitScenarios: readonly JournalScenario[] = [
  {
    name: 'a run that waits for an event rests until one that matches is published, and is then claimed with it',
    check: async ({ journal }) => {
      const { run, isDueNow } = await waiting(journal, waitFor('paid', { 'order.id': 7, 'order.lines.0': 'a' }))
      equal(isDueNow, false, 'due now')
      const payload = { order: { id: 7, lines: ['a'] }, text: 'Grüße 🎉 \u0000' }
      const others = [
        newEventOf(run, 'paid', { order: { id: 8, lines: ['a'] } }),
        newEventOf(run, 'paid', { order: { id: '7', lines: ['a'] } }),
        newEventOf(run, 'paid', { order: { id: 7 } }),
        newEventOf(run, 'paid', null),
        newEventOf(run, 'refunded', payload),
        newEventOf(newRun({ tenantId: run.tenantId }), 'paid', payload),
        newEventOf(newRun({ customerId: run.customerId }), 'paid', payload),
      ]
      for (const event of others) equal(await journal.publish(event), { created: true, due: [] }, 'another event')
      equal(await claimOne(journal, run.runId), undefined, 'a claim before the event')
      const event = newEventOf(run, 'paid', payload)
      const { created, due } = await journal.publish(event)
      equal([created, due.map(({ runId }) => runId)], [true, [run.runId]], 'publish')
      const claimed = await claimOne(journal, run.runId)
      const [given] = claimed?.answers ?? []
      // What events are answered with is an object.
      const { receivedAt, ...answer } = (given?.answer ?? {}) as JsonObject
      equal(
        [given?.stepPath, given?.iteration, answer],
        ['w', '0', { id: event.eventId, name: 'paid', payload }],
        'answer',
      )
      equal(typeof receivedAt, 'string', 'the moment')
      equal([claimed?.recoveries, claimed?.steps[0]?.status], [0, 'waiting'], 'the claim')
    },
  },
  {
    name: 'an event that came between the creation of a run and its wait is given to it, an older one is not',
    check: async ({ journal, pass }) => {
      const run = newRun()
      await journal.publish(newEventOf(run, 'paid', 'too old'))
      await pass(20)
      await journal.create(run)
      await pass(20)
      await journal.publish(newEventOf(run, 'paid', { id: 1 }))
      await journal.publish(newEventOf(run, 'paid', { id: 2 }))
      const lease = await claimOne(journal, run.runId)
      if (lease === undefined) throw new Error('a new run could not be claimed')
      const steps = [openStep('w', { wait: waitFor('paid', { id: 2 }) })]
      equal((await journal.park(lease, steps, { status: 'waiting' })).isDueNow, true, 'due now')
      equal(await payloadsOf(journal, run), [{ id: 2 }], 'answers')
      await pass(20)
      const late = await waiting(journal, waitFor('paid'), { tenantId: run.tenantId, customerId: run.customerId })
      equal(late.isDueNow, false, 'a run that began after the events')
    },
  },
  {
    name: 'of many events that came before, the first that matches is found',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const numbers = Array.from({ length: 250 }, (_, n) => n)
      await Promise.all(numbers.map((n) => journal.publish(newEventOf(run, 'paid', { n, isLast: n === 249 }))))
      const steps = [
        openStep('w', { wait: waitFor('paid', { isLast: true }) }),
        openStep('v', { wait: waitFor('paid') }),
      ]
      equal((await journal.park(lease, steps, { status: 'waiting' })).isDueNow, true, 'due now')
      const claimed = await claimOne(journal, run.runId)
      const given = claimed?.answers.map(({ stepPath, answer }) => [stepPath, (answer as JsonObject)['payload']])
      equal(given?.length, 2, 'answers')
      equal(new Map(given as [string, unknown][]).get('w'), { n: 249, isLast: true }, 'the answer')
    },
  },
  {
    name: 'an event is given to one wait of a run, and to every run that waits for it',
    check: async ({ journal, pass }) => {
      const first = await started(journal)
      const { tenantId, customerId } = first.run
      const steps = [openStep('w', { wait: waitFor('paid') })]
      await journal.append(first.lease, steps)
      await pass(20)
      await journal.park(first.lease, [openStep('v', { wait: waitFor('paid') })], { status: 'waiting' })
      const second = await waiting(journal, waitFor('paid'), { tenantId, customerId })
      const event = newEventOf(first.run, 'paid', 1)
      const { due } = await journal.publish(event)
      equal([isNamed(due, first.run.runId), isNamed(due, second.run.runId)], [true, true], 'due')
      const lease = await claimOne(journal, first.run.runId)
      equal(
        lease?.answers.map(({ stepPath }) => stepPath),
        ['w'],
        'answered',
      )
      equal(await payloadsOf(journal, second.run), [1], 'the other run')
      if (lease === undefined) return
      const { isDueNow } = await journal.park(lease, [step('w', { wait: null })], { status: 'waiting' })
      equal(isDueNow, false, 'the event for the other wait')
      await journal.publish(event)
      equal(await claimOne(journal, first.run.runId), undefined, 'a claim after the repetition')
      await journal.publish(newEventOf(first.run, 'paid', 2))
      equal(await payloadsOf(journal, first.run), [2], 'the next event')
    },
  },
  {
    name: 'a wait that is opened again after an event does not get the same one again',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      await journal.publish(newEventOf(run, 'paid', 1))
      const opened = openStep('w', { wait: waitFor('paid') })
      equal((await journal.park(lease, [opened], { status: 'waiting' })).isDueNow, true, 'due now')
      const second = await claimOne(journal, run.runId)
      if (second === undefined) throw new Error('a woken run could not be claimed')
      const again = openStep('w', { iteration: '1', wait: waitFor('paid') })
      const { isDueNow } = await journal.park(second, [step('w', { wait: null }), again], { status: 'waiting' })
      equal(isDueNow, false, 'due again')
    },
  },
  {
    name: 'an event of one id is recorded once',
    check: async ({ journal }) => {
      const { run } = await waiting(journal, waitFor('paid', { n: 2 }))
      const event = newEventOf(run, 'paid', { n: 1 })
      const answers = await Promise.all([1, 2, 3].map(() => journal.publish(event)))
      equal(answers.map(({ created }) => created).sort(), [false, false, true], 'created')
      equal(await journal.publish({ ...event, payload: { n: 2 } }), { created: false, due: [] }, 'another payload')
      equal(await claimOne(journal, run.runId), undefined, 'a claim')
      const elsewhere = { ...event, tenantId: newRun().tenantId }
      equal((await journal.publish(elsewhere)).created, true, 'the same id of another tenant')
    },
  },
  {
    name: 'an answer that comes while somebody holds the lease is not lost: the run does not rest',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      await journal.append(lease, [openStep('w', { wait: waitFor('paid') })])
      equal((await journal.publish(newEventOf(run, 'paid', 1))).due, [], 'due')
      const wakeAt = lease.claimedAt + 3_600_000
      equal((await journal.park(lease, [], { status: 'waiting', wakeAt })).isDueNow, true, 'due now')
      const second = await claimOne(journal, run.runId)
      if (second === undefined) throw new Error('a woken run could not be claimed')
      equal(second.answers.length, 1, 'answers')
      const { isDueNow } = await journal.park(second, [step('w', { wait: null })], { status: 'waiting', wakeAt })
      equal(isDueNow, false, 'due again')
    },
  },
  {
    name: 'an answer stays with its wait until that is closed, also when an owner dies over it',
    check: async ({ journal, pass }) => {
      const { run } = await waiting(journal, waitFor('paid'))
      await journal.publish(newEventOf(run, 'paid', 1))
      equal(await payloadsOf(journal, run), [1], 'the first owner')
      await pass(LEASE_MS + 50)
      const second = await claimOne(journal, run.runId, 'b')
      if (second === undefined) throw new Error('an expired run could not be claimed')
      equal(second.answers.length, 1, 'the second owner')
      const steps = [step('w', { output: 1, wait: null })]
      await journal.park(second, steps, { status: 'waiting', wakeAt: second.claimedAt })
      equal(await answersOf(journal, run), [], 'after the wait was closed')
    },
  },
  {
    name: 'a zombie opens and closes no wait',
    check: async ({ journal, pass }) => {
      const { run, lease } = await started(journal)
      const wait = { kind: 'approval' as const, token: newToken(), detail: {} }
      await journal.append(lease, [openStep('w', { wait })])
      await pass(LEASE_MS + 50)
      await claimOne(journal, run.runId, 'b')
      const zombie = { kind: 'approval' as const, token: newToken(), detail: {} }
      await fenced(journal.append(lease, [openStep('v', { wait: zombie })]), 'append')
      await fenced(journal.append(lease, [step('w', { wait: null })]), 'append')
      await fenced(journal.park(lease, [step('w', { wait: null })], { status: 'waiting' }), 'park')
      equal((await journal.answer(zombie.token, 1)).outcome, 'not_found', "an answer to the zombie's wait")
      equal((await journal.answer(wait.token, 1)).outcome, 'answered', 'an answer to the wait')
    },
  },
  {
    name: 'the end of a run closes its waits',
    check: async ({ journal }) => {
      const { run, lease } = await started(journal)
      const { tenantId } = run
      const token = newToken()
      const opened = [
        openStep('w', { wait: { kind: 'callback' as const, token, detail: {} } }),
        openStep('v', { wait: waitFor('paid') }),
      ]
      await journal.append(lease, opened)
      await journal.finish(lease, [], { status: 'failed' })
      equal(await journal.openWaits({ tenantId }, { limit: 10 }), [], 'open waits')
      equal((await journal.answer(token, 1)).outcome, 'not_found', 'an answer')
      equal((await journal.publish(newEventOf(run, 'paid', 1))).due, [], 'due')
      await journal.reopen(run, run.runId, [])
      equal(await answersOf(journal, run), [], 'answers after the run was reopened')
    },
  },
  {
    name: 'a suspended run keeps what it is given until it is resumed',
    check: async ({ journal }) => {
      const { run } = await waiting(journal, waitFor('paid'))
      await journal.requestSuspend(run, run.runId)
      equal((await journal.publish(newEventOf(run, 'paid', 1))).due, [], 'due')
      equal(await statusOf(journal, run), 'suspended', 'status')
      equal(isNamed((await journal.resume(run, run.runId)).due, run.runId), true, 'due when resumed')
      equal(await payloadsOf(journal, run), [1], 'answers')
    },
  },
  {
    name: 'of events and waits that come at the same moment none miss each other',
    check: async ({ journal }) => {
      const runs = await Promise.all(Array.from({ length: 40 }, () => started(journal)))
      const outcomes = await Promise.all(
        runs.flatMap(({ run, lease }) => [
          journal.park(lease, [openStep('w', { wait: waitFor('paid') })], { status: 'waiting' }),
          journal.publish(newEventOf(run, 'paid', 1)),
        ]),
      )
      equal(outcomes.length, 80, 'outcomes')
      for (const { run } of runs) equal(await payloadsOf(journal, run), [1], 'answers')
    },
  },
]
