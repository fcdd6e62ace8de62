import { useMemo, useState } from 'react'
import { type EditorPlace, WorkflowEditor } from '../../src/index.js'
import { createStoryClient, type RunStory, STORIES } from '../fixtures/run-stories.js'
import { appeared, type GalleryPage, type GalleryPages, press } from '../gallery-page.js'

interface RunsPageProps {
  readonly story?: RunStory
  readonly filters?: string
}

let addRuns: () => void = () => {}

function RunsPage({ story, filters = '' }: RunsPageProps) {
  const client = useMemo(() => createStoryClient(story), [story])
  addRuns = client.addRuns
  const [place, setPlace] = useState<EditorPlace>({ view: 'runs', filters, ...(story ? { runId: story.run.id } : {}) })
  return (
    <WorkflowEditor client={client} workflowId="wf_orders" place={place} onPlaceChange={setPlace} onBack={() => {}} />
  )
}

function page(story: RunStory, act: () => Promise<void> = async () => {}): GalleryPage {
  return {
    draw: () => <RunsPage story={story} />,
    act: async () => {
      await appeared('[data-inlay-part="trigger-card"]')
      await act()
    },
  }
}

const INSPECTOR = '[data-inlay-part="run-inspector"]'

async function timeline(): Promise<void> {
  await press('[data-inlay-part="run"] [role=tab]:nth-child(2)')
  await appeared('[data-inlay-part="timeline"] ol li')
}

/** Types into a field as a person would, so that React hears of it. */
async function type(selector: string, text: string): Promise<void> {
  const input = await appeared<HTMLInputElement>(selector)
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text)
  input.dispatchEvent(new Event('input', { bubbles: true }))
}

export const PAGES: GalleryPages = {
  'runs-list': { draw: () => <RunsPage />, act: async () => void (await appeared('tbody tr')) },
  'runs-filtered': { draw: () => <RunsPage filters="status=failed&time=month&search=stock" /> },
  'runs-none': { draw: () => <RunsPage filters="search=nothing-like-it" /> },
  'runs-new': {
    draw: () => <RunsPage />,
    act: async () => {
      await appeared('tbody tr')
      const list = await appeared('[data-inlay-part="run-list"]')
      list.scrollTo({ top: 400 })
      addRuns()
      await appeared('[data-inlay-part="run-list"] button', /new runs/)
    },
  },
  'runs-retry': {
    draw: () => <RunsPage />,
    act: async () => {
      await press('button', /^Retry failed runs$/)
      await appeared('dialog select')
    },
  },
  'run-succeeded': page(STORIES.succeeded),
  'run-search': page(STORIES.succeeded, async () => {
    await press('[data-nav="tell"]')
    await type(`${INSPECTOR} input[type=search]`, 'premium')
  }),
  'run-hidden': page(STORIES.succeeded, async () => {
    await press('[data-nav="tell"]')
    await type(`${INSPECTOR} input[type=search]`, 'apikey')
  }),
  'run-failed': page(STORIES.failed),
  'run-attempts': page(STORIES.failed, () => press(`${INSPECTOR} [role=tab]:nth-child(3)`)),
  'run-timeline': page(STORIES.failed, timeline),
  'run-replay': page(STORIES.failed, async () => {
    await press(`${INSPECTOR} button`, /^Replay from here$/)
    await appeared('dialog li')
  }),
  'run-edit': page(STORIES.failed, async () => {
    // By keyboard, which menus obey whether or not the page is in front.
    const more = await appeared('button', /^More about this run$/)
    more.focus()
    more.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    const item = await appeared('[role=menuitem]', /^Run again with other input$/)
    item.focus()
    item.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    await appeared('dialog textarea')
  }),
  'run-running': page(STORIES.running),
  'run-waiting': page(STORIES.approval, () => press('[data-nav="check"]')),
  'run-skipped': page(STORIES.skipped, () => press('[data-nav="discount"]')),
  'run-waited': page(STORIES.skipped, timeline),
  'run-loop': page(STORIES.loop),
  'run-loop-timeline': page(STORIES.loop, async () => {
    await timeline()
    await press('[data-inlay-part="loop-choice"] button', /failed/)
  }),
}
