/** What browsers let outlive a page, less some room for what is under way, in characters (Fetch standard, 4.6: 64 KiB). */
const MOST_CHARACTERS = 50_000

/**
 * Lets a request that is sent while its page goes outlive it. Longer ones stay as they are: browsers would refuse them.
 */
export function outliving(request: RequestInit = {}): RequestInit {
  const { body } = request
  const isGoing = globalThis.document?.visibilityState === 'hidden'
  return isGoing && typeof body === 'string' && body.length <= MOST_CHARACTERS
    ? { ...request, keepalive: true }
    : request
}
