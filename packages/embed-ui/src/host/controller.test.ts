import { describe, expect, it } from 'vitest'
import { createController } from './controller.js'

describe('the controller of a widget', () => {
  it('begins where its widget begins, and tells where the person goes', () => {
    const controller = createController({ widget: 'runs' })
    const heard: string[] = []
    controller.on('navigate', ({ data }) => heard.push(data.path))
    expect(controller.store.getState().path).toBe('/runs')
    controller.moved('/runs/run_1')
    controller.moved('/runs/run_1')
    expect(controller.store.getState().path).toBe('/runs/run_1')
    expect(heard).toEqual(['/runs/run_1'])
  })

  it('stays, and asks the host, when the person wants what another widget draws', () => {
    const controller = createController({ widget: 'templates' })
    const heard: string[] = []
    controller.on('navigate', ({ data }) => heard.push(data.path))
    controller.moved('/workflows/wf_1')
    expect(heard).toEqual(['/workflows/wf_1'])
    expect(controller.store.getState().path).toBe('/templates')
  })

  it('is ready once, and not again after the session was renewed by a person', async () => {
    const controller = createController({})
    const heard: string[] = []
    controller.on('*', ({ type }) => heard.push(type))
    controller.settle()
    controller.settle()
    await controller.ready
    expect(heard).toEqual(['ready'])
  })

  it('is not ready when nobody could be signed in', async () => {
    const controller = createController({})
    controller.settle({ code: 'embed.token_invalid', message: 'The embed token is not valid.', retryable: true })
    await expect(controller.ready).rejects.toThrow('The embed token is not valid.')
  })

  it('goes away quietly, as often as it is asked to', () => {
    const controller = createController({})
    controller.destroy()
    controller.destroy()
    expect(controller.store.getState().isDestroyed).toBe(true)
  })
})
