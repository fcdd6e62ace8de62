import type postgres from 'postgres'

/** Runs one of this package's statements and resolves to its rows. */
export type Query = <Row extends object>(statement: string, args: readonly (string | number | null)[]) => Promise<Row[]>

/** How this package reaches PostgreSQL. */
export interface Connection {
  readonly query: Query
  /** Commits what `work` did with its `query`, or nothing of it when it throws. Each statement sees what was committed before it. */
  transaction<T>(work: (query: Query) => Promise<T>): Promise<T>
}

/** Statements through `sql`, prepared once per connection, each with a deadline. */
export function createConnection(sql: postgres.Sql, timeoutMs: number): Connection {
  return {
    query: queryThrough(sql, timeoutMs),
    transaction: async <T>(work: (query: Query) => Promise<T>): Promise<T> => {
      const outcome = sql.begin(async (transaction) => ({ value: await work(queryThrough(transaction, timeoutMs)) }))
      return (await withDeadline(outcome, timeoutMs)).value
    },
  }
}

function queryThrough(sql: postgres.ISql, timeoutMs: number): Query {
  return <Row extends object>(statement: string, args: readonly (string | number | null)[]): Promise<Row[]> =>
    // The statements are constants of this package with numbered parameters; nothing is ever spliced into them.
    withDeadline(sql.unsafe<Row[]>(statement, [...args], { prepare: true }), timeoutMs).then(withoutHoles)
}

/**
 * The driver counts on from the rows of a query that failed half way, and leaves as many holes in the next result of
 * that connection (porsager/postgres issues 1119 and 1181). This repository patches it; who installs the package does not.
 */
function withoutHoles<Row>(rows: Row[]): Row[] {
  return 0 in rows ? rows : rows.filter(() => true)
}

/** The driver may leave a query without an answer when its connection is cut at a bad moment; nobody may wait for ever. */
async function withDeadline<T>(query: PromiseLike<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<never>((_, reject) => {
    const error = Object.assign(new Error(`PostgreSQL gave no answer within ${ms} ms.`), { code: 'ETIMEDOUT' })
    timer = setTimeout(() => reject(error), ms)
  })
  try {
    return await Promise.race([query, expired])
  } finally {
    clearTimeout(timer)
  }
}
