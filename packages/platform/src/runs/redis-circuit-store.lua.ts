/**
 * The scripts of the circuit store. Times are milliseconds by Redis' clock. The open circuits and the pauses are sorted
 * sets: keys by the moment until which calls wait.
 */

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`

/** A circuit that nobody has asked for during a day is forgotten. */
const FORGET_MS = 86_400_000

/**
 * Counts calls and opens the circuit when too many have failed.
 *
 * KEYS: the window's hash, the circuit's hash, the open circuits. ARGV: the circuit's key, calls, failures, then the
 * settings windowMs, minCalls, failureRate, openMs.
 * Returns for how long this call has opened the circuit, else -1.
 */
export const REPORT = `${NOW}
if redis.call('ZSCORE', KEYS[3], ARGV[1]) then return -1 end
local window = tonumber(ARGV[4])
local slice = math.floor(now * 10 / window)
redis.call('HINCRBY', KEYS[1], 'c' .. slice, ARGV[2])
redis.call('HINCRBY', KEYS[1], 'f' .. slice, ARGV[3])
redis.call('PEXPIRE', KEYS[1], window * 2)
local counts = redis.call('HGETALL', KEYS[1])
local sums = { c = 0, f = 0 }
for i = 1, #counts, 2 do
  local kind, of = string.sub(counts[i], 1, 1), tonumber(string.sub(counts[i], 2))
  if of > slice - 10 then sums[kind] = sums[kind] + tonumber(counts[i + 1])
  else redis.call('HDEL', KEYS[1], counts[i]) end
end
if sums.c < tonumber(ARGV[5]) or sums.f == 0 or sums.f / sums.c < tonumber(ARGV[6]) then return -1 end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[2], 'opened', 1)
redis.call('PEXPIRE', KEYS[2], ${2 * FORGET_MS})
redis.call('ZADD', KEYS[3], now + ARGV[7], ARGV[1])
return tonumber(ARGV[7])
`

/**
 * KEYS: the open circuits, the pauses.
 * Returns two lists in which each key is followed by the milliseconds from now until which calls wait.
 */
export const BLOCKED = `${NOW}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ${FORGET_MS})
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
local answer = {}
for i, key in ipairs(KEYS) do
  local list = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
  for j = 2, #list, 2 do list[j] = math.ceil(tonumber(list[j]) - now) end
  answer[i] = list
end
return answer
`

/**
 * Asks for the one call that tries. KEYS: the circuit's hash, the open circuits. ARGV: the circuit's key, probeMs.
 * Returns 'go', 'try' or 'wait', and how long.
 */
export const PROBE = `${NOW}
local open_until = redis.call('ZSCORE', KEYS[2], ARGV[1])
if not open_until then return { 'go', 0 } end
local wait = math.max(tonumber(open_until), tonumber(redis.call('HGET', KEYS[1], 'probe') or 0)) - now
if wait > 0 then return { 'wait', math.ceil(wait) } end
redis.call('HSET', KEYS[1], 'probe', now + ARGV[2])
return { 'try', 0 }
`

/**
 * Ends a try. KEYS: the circuit's hash, the open circuits. ARGV: the circuit's key, 'well', 'failing' or 'unknown', then
 * the settings openMs, maxOpenMs.
 * Returns for how long the circuit is open again, else -1.
 */
export const SETTLE = `${NOW}
if not redis.call('ZSCORE', KEYS[2], ARGV[1]) then return -1 end
redis.call('HDEL', KEYS[1], 'probe')
if ARGV[2] == 'unknown' then return -1 end
if ARGV[2] == 'well' then
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('DEL', KEYS[1])
  return -1
end
local opened = redis.call('HINCRBY', KEYS[1], 'opened', 1)
redis.call('PEXPIRE', KEYS[1], ${2 * FORGET_MS})
local wait = math.min(tonumber(ARGV[4]), tonumber(ARGV[3]) * 2 ^ (opened - 1))
redis.call('ZADD', KEYS[2], now + wait, ARGV[1])
return wait
`

/** Lengthens a pause, or begins one. KEYS: the pauses. ARGV: the key, milliseconds. */
export const PAUSE = `${NOW}
local known = redis.call('ZSCORE', KEYS[1], ARGV[1])
local till = now + ARGV[2]
if not known or tonumber(known) < till then redis.call('ZADD', KEYS[1], till, ARGV[1]) end
return 1
`

/**
 * Takes permissions under a rate. What was taken in the period before counts by the share of it that still lies within a
 * period from now. KEYS: the rate's hash. ARGV: limit, periodMs, how many are wanted.
 * Returns how many were granted, and the milliseconds to the end of this period.
 */
export const TAKE = `${NOW}
local period = tonumber(ARGV[2])
local current = math.floor(now / period)
local elapsed = now - current * period
local taken = tonumber(redis.call('HGET', KEYS[1], current) or 0)
local before = tonumber(redis.call('HGET', KEYS[1], current - 1) or 0)
local free = math.floor(tonumber(ARGV[1]) - taken - before * (1 - elapsed / period))
local granted = math.max(0, math.min(tonumber(ARGV[3]), free))
if granted > 0 then
  if taken == 0 then
    for _, old in ipairs(redis.call('HKEYS', KEYS[1])) do
      if tonumber(old) < current - 1 then redis.call('HDEL', KEYS[1], old) end
    end
  end
  redis.call('HINCRBY', KEYS[1], current, granted)
  redis.call('PEXPIRE', KEYS[1], period * 2)
end
return { granted, period - elapsed }
`

/**
 * Takes a turn from the bucket of a pace. Kept is the moment at which the bucket is full again. KEYS: the bucket, the
 * pauses. ARGV: the pause's key, requests, perMs, maxWaitMs.
 * Returns 'taken', 'ahead' or 'paused', and the milliseconds to wait.
 */
export const TURN = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local paused = redis.call('ZSCORE', KEYS[2], ARGV[1])
if paused and tonumber(paused) > now then return { 'paused', math.ceil(tonumber(paused) - now) } end
local period = tonumber(ARGV[3])
local full_at = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local per_turn = period / tonumber(ARGV[2])
local wait = math.max(0, full_at + per_turn - period - now)
if wait > tonumber(ARGV[4]) then return { 'ahead', math.ceil(wait) } end
redis.call('SET', KEYS[1], string.format('%.3f', full_at + per_turn), 'PX', math.max(1, math.ceil(full_at + per_turn - now)))
return { 'taken', math.ceil(wait) }
`
