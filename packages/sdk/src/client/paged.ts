/** A page of a list. */
export interface Page<T> {
  readonly data: readonly T[]
  /** Where the next page begins; null at the end. */
  readonly nextCursor: string | null
}

/** A list that is both: `await list` gives its first page, `for await (const item of list)` all of its items. */
export interface PagedList<T> extends PromiseLike<Page<T>>, AsyncIterable<T> {}

/** @param read fetches the page that begins at a cursor */
export function pagedList<T>(read: (cursor: string | undefined) => Promise<Page<T>>): PagedList<T> {
  return {
    // biome-ignore lint/suspicious/noThenProperty: being awaitable is what this object is for
    then: (onFulfilled, onRejected) => read(undefined).then(onFulfilled, onRejected),
    [Symbol.asyncIterator]: async function* () {
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page: Page<T> = await read(cursor)
        yield* page.data
        cursor = page.nextCursor
      }
    },
  }
}
