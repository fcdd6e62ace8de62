/**
 * How lists are searched by name: case, accents and marks of direction make no difference, as in the search boxes of the
 * widgets. No extension and no collation of ICU is needed, since PostgreSQL 15 and those that others run may have neither.
 */
import type postgres from 'postgres'
import type { ScopedSql } from './database.js'

type Fragment = postgres.PendingQuery<postgres.Row[]>

/** Whether a column of text holds what somebody looks for. @param column a fragment such as `w.name`, never null */
export function holdsText(sql: ScopedSql, column: Fragment, wanted: string): Fragment {
  const needle = sql`(SELECT ${folded(sql, sql`${wanted.trim()}::text`)})`
  // Texts in ASCII have only their case to lose, which costs a fifth.
  return sql`(CASE WHEN octet_length(${column}) = char_length(${column})
    THEN strpos(lower(${column} COLLATE "C"), ${needle}) ELSE strpos(${folded(sql, column)}, ${needle}) END > 0)`
}

/**
 * A text as searches compare it. The marks are those of Latin, Cyrillic, Hebrew, Arabic and Japanese, and the invisible
 * signs; the letters are those of Arabic that people write for each other.
 */
function folded(sql: ScopedSql, text: Fragment): Fragment {
  return sql`replace(translate(lower(regexp_replace(normalize(${text}, NFKD),
    '[\\u0300-\\u036f\\u0483-\\u0489\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed\\u3099\\u309a\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufe00-\\ufe0f\\ufeff]+',
    '', 'g')), 'ىئةؤٱ', 'ييهوا'), 'ß', 'ss')`
}
