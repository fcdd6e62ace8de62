import type { JsonObject } from '@inlay/engine'

const call = (id: string, more: JsonObject = {}): JsonObject => ({
  id,
  type: 'action',
  connector: 'test',
  action: 'call',
  input: {},
  ...more,
})

const definition = (steps: readonly JsonObject[]): JsonObject => ({
  schema: 'inlay/workflow@1',
  name: 'Fault',
  trigger: { type: 'manual' },
  steps,
})

/** What runs do while things go wrong, by version id. */
export const DEFINITIONS: Readonly<Record<string, JsonObject>> = {
  /** Effects, a loop, a wait, and an end. */
  ver_whole: definition([
    call('first'),
    { id: 'each', type: 'forEach', items: [1, 2], concurrency: 2, steps: [call('item')] },
    { id: 'rest', type: 'wait', for: '100ms' },
    call('last'),
  ]),
  /** Two bookings and a failure: what was booked is taken back in reverse order. */
  ver_saga: definition([
    call('hotel', { compensate: call('undo_hotel') }),
    call('flight', { compensate: call('undo_flight') }),
    call('refused', { input: { refuse: true } }),
  ]),
  /** Three children at a time. */
  ver_parent: definition([
    {
      id: 'each',
      type: 'forEach',
      items: [1, 2, 3],
      concurrency: 3,
      steps: [{ id: 'sub', type: 'call', workflow: 'wf_child' }],
    },
    call('last'),
  ]),
  ver_child: definition([call('work')]),
  /** One call that takes as long as the outside wants. */
  ver_slow: definition([call('slow', { input: { slow: true }, timeout: '1m' }), call('after')]),
  /** Keeps its process from doing anything else for three seconds. */
  ver_block: definition([call('block', { input: { blockMs: 3000 } }), call('after')]),
  /** Takes its process down, every time. */
  ver_poison: definition([call('before'), call('poison', { input: { abort: true } })]),
  /** A deadline that a wrong clock would move. */
  ver_wait: definition([{ id: 'rest', type: 'wait', for: '500ms' }, call('after')]),
}

/** Calls of a whole run, as `step path/iteration`. */
export const CALLS = {
  ver_whole: ['first/0', 'each/item/0', 'each/item/1', 'last/0'],
  ver_saga: ['hotel/0', 'flight/0', 'refused/0', 'flight/undo_flight/0', 'hotel/undo_hotel/0'],
} as const
