import { useMemo, useState } from 'react'
import { type EditorPlace, WorkflowEditor } from '../../src/index.js'
import { createStoryClient, type RunStory, STORIES } from '../fixtures/run-stories.js'
import { appeared, choose, type GalleryPage, type GalleryPages, openMenu, press, type } from '../gallery-page.js'

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
      await appeared('[data-inlay-part="run-list"] [role=status] button')
    },
  },
  'runs-retry': {
    draw: () => <RunsPage />,
    act: async () => {
      await press('button', 'runs.retryAll')
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
    await press(`${INSPECTOR} button`, 'failure.replay')
    await appeared('dialog li')
  }),
  'run-edit': page(STORIES.failed, async () => {
    await openMenu('button', 'runMore.label')
    await choose('runMore.edit')
    await appeared('dialog textarea')
  }),
  'run-running': page(STORIES.running),
  'run-waiting': page(STORIES.approval, () => press('[data-nav="check"]')),
  'run-skipped': page(STORIES.skipped, () => press('[data-nav="discount"]')),
  'run-waited': page(STORIES.skipped, timeline),
  'run-loop': page(STORIES.loop),
  'run-loop-timeline': page(STORIES.loop, async () => {
    await timeline()
    await press('[data-inlay-part="loop-choice"] > button:last-child')
  }),
}
