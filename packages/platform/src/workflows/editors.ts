import type { Redis } from 'ioredis'

/** Somebody whose window is gone without a word is forgotten after so long, in milliseconds. */
const GONE_AFTER_MS = 30_000
/** More people than this in one draft are not told of one by one. */
const MAX_EDITORS = 50

/** A window in which a draft is open. */
export interface Editor {
  /** Of the window, not of the person. */
  readonly id: string
  /** The same for all windows of a person. */
  readonly personId: string
  readonly name: string | null
  /** Of the tenant's own people, whom customers know by the vendor's name only. */
  readonly isMember: boolean
  readonly mayEdit: boolean
}

/** Who has drafts open, in Redis: nothing is lost with it that does not come back by itself. */
export interface Editors {
  /** Says that a window is there; again and again while it is. */
  enter(workflowId: string, editor: Editor): Promise<void>
  leave(workflowId: string, editorId: string): Promise<void>
  /** Those who are there, in the order in which they came. Nobody while Redis is away. */
  list(workflowId: string): Promise<readonly Editor[]>
}

interface Seen extends Editor {
  readonly cameAtMs: number
  readonly seenAtMs: number
}

/** @param now the clock of this process, in milliseconds; clocks of processes may differ by seconds */
export function createEditors(redis: Redis, now: () => number = Date.now): Editors {
  const cameAtMs = new Map<string, number>()
  return {
    enter: async (workflowId, editor) => {
      const key = keyOf(workflowId)
      const came = cameAtMs.get(editor.id) ?? now()
      cameAtMs.set(editor.id, came)
      const seen: Seen = { ...editor, cameAtMs: came, seenAtMs: now() }
      await redis
        .multi()
        .hset(key, editor.id, JSON.stringify(seen))
        .pexpire(key, 2 * GONE_AFTER_MS)
        .exec()
        .catch(() => undefined)
    },
    leave: async (workflowId, editorId) => {
      cameAtMs.delete(editorId)
      await redis.hdel(keyOf(workflowId), editorId).catch(() => undefined)
    },
    list: async (workflowId) => {
      const values = await redis.hvals(keyOf(workflowId)).catch(() => [])
      return (
        values
          // Written by `enter`.
          .map((value) => JSON.parse(value) as Seen)
          .filter(({ seenAtMs }) => seenAtMs > now() - GONE_AFTER_MS)
          .sort((a, b) => a.cameAtMs - b.cameAtMs)
          .slice(0, MAX_EDITORS)
          .map(({ cameAtMs: _came, seenAtMs: _seen, ...editor }) => editor)
      )
    },
  }
}

function keyOf(workflowId: string): string {
  return `inlay:editors:${workflowId}`
}
