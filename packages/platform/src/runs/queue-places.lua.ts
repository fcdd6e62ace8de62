/**
 * Gives runs places in the queue. Atomic.
 *
 * KEYS[i]: the sorted set of the customer of run i: ids of runs that have a place, by the time they got it.
 * ARGV[1]: places per customer. ARGV[2]: milliseconds after which a place counts as free again. ARGV[2 + i]: id of run i.
 * Returns for each run 1 when it has a place, also one that it had before, and 0 when none is free.
 */
export const TAKE_PLACES = `
local limit = tonumber(ARGV[1])
local ttl = tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local counts = {}
local answers = {}
for i, key in ipairs(KEYS) do
  local run = ARGV[i + 2]
  if not counts[key] then
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now - ttl)
    counts[key] = redis.call('ZCARD', key)
  end
  local has = redis.call('ZSCORE', key, run)
  if has or counts[key] < limit then
    redis.call('ZADD', key, now, run)
    if not has then counts[key] = counts[key] + 1 end
    answers[i] = 1
  else
    answers[i] = 0
  end
end
for key in pairs(counts) do redis.call('PEXPIRE', key, ttl) end
return answers
`
