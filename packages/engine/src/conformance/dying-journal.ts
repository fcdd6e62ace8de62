import type { Journal } from '../ports/journal.js'

/**
 * The journal as a process sees it that dies after its n-th write: nothing it does afterwards counts, and no call it
 * makes ever comes back.
 *
 * @param writesToLive infinite for a process that lives
 * @param onDeath called once, at the write that never comes back
 */
export function dyingJournal(journal: Journal, writesToLive: number, onDeath?: () => void): Journal {
  let writes = 0
  const never = (): Promise<never> => new Promise(() => {})
  const guarded =
    <Args extends unknown[], Result>(write: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> => {
      writes += 1
      if (writes === writesToLive + 1) onDeath?.()
      return writes > writesToLive ? never() : write.apply(journal, args)
    }
  const living =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> =>
      writes > writesToLive ? never() : call.apply(journal, args)
  return {
    ...bound(journal),
    append: guarded(journal.append),
    respond: guarded(journal.respond),
    finish: guarded(journal.finish),
    park: guarded(journal.park),
    claim: living(journal.claim),
    renew: living(journal.renew),
    release: living(journal.release),
  }
}

/** The methods of a journal as own properties, so that some can be replaced. */
function bound(journal: Journal): Journal {
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(journal)) as (keyof Journal)[]
  const methods = names.filter((name) => typeof journal[name] === 'function')
  // All methods of the journal's class are bound, so that the copy is a journal too.
  return Object.fromEntries(methods.map((name) => [name, journal[name].bind(journal)])) as unknown as Journal
}
