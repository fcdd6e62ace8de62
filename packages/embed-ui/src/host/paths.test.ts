import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOwnPage, readPath, type WidgetPlace, writePath } from './paths.js'
import { WIDGETS, type WidgetName } from './widgets.js'

const id = fc.stringMatching(/^[a-z]+_[0-9a-f]{8}$/)
const place: fc.Arbitrary<WidgetPlace> = fc.oneof(
  fc
    .constantFrom('workflows', 'connections', 'automations', 'templates', 'approvals', 'runs')
    .map((page) => ({ page })),
  id.map((runId) => ({ page: 'runs' as const, runId })),
  id.map((workflowId) => ({ page: 'workflow' as const, workflowId, place: { view: 'builder' as const } })),
  fc.tuple(id, id, fc.option(fc.string({ minLength: 1 }), { nil: undefined })).map(([workflowId, stepId, field]) => ({
    page: 'workflow' as const,
    workflowId,
    place: { view: 'builder' as const, stepId, ...(field === undefined ? {} : { field }) },
  })),
  fc.tuple(id, fc.option(id, { nil: undefined })).map(([workflowId, runId]) => ({
    page: 'workflow' as const,
    workflowId,
    place: { view: 'runs' as const, ...(runId === undefined ? {} : { runId }) },
  })),
)

describe('the path of a widget', () => {
  it('leads back to where it was written', () => {
    fc.assert(
      fc.property(place, (where) => {
        expect(readPath(writePath(where))).toEqual(where)
      }),
    )
  })

  it('keeps what a list of runs shows, also while one of them is open', () => {
    for (const path of ['/workflows/wf_1/runs?status=failed&search=a+b', '/workflows/wf_1/runs/run_1?status=failed']) {
      expect(writePath(readPath(path))).toBe(path)
    }
    expect(readPath('/workflows/wf_1?status=failed#x')).toMatchObject({ place: { view: 'builder' } })
  })

  it('begins with a slash, and leads to where the widget begins when it is none', () => {
    for (const [widget, start] of Object.entries(WIDGETS)) {
      // Keys of the record are names of widgets.
      const where = readPath('nonsense', widget as WidgetName)
      expect(writePath(where)).toBe(start)
      expect(isOwnPage(widget as WidgetName, where)).toBe(true)
    }
  })

  it('is left to the host when another widget draws it', () => {
    expect(isOwnPage('connections', readPath('/workflows/wf_1'))).toBe(false)
    expect(isOwnPage('builder', readPath('/connections'))).toBe(true)
  })
})
