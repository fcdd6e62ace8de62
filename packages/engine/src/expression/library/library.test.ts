import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StepError } from '../../contracts/errors.js'
import type { JsonObject, JsonValue } from '../../contracts/json.js'
import { compileExpression } from '../template.js'

function run(source: string, vars: JsonObject = {}): JsonValue {
  const compiled = compileExpression(source)
  if (!compiled.ok) throw new Error(`${source}: ${compiled.issues.map(({ message }) => message).join('; ')}`)
  const scope = { trigger: null, steps: {}, vars, run: {}, customer: {}, tenant: {} }
  return compiled.template.evaluate(scope)
}

function failure(source: string, vars: JsonObject = {}): StepError {
  try {
    run(source, vars)
  } catch (error) {
    if (error instanceof StepError) return error
    throw error
  }
  throw new Error(`${source} did not fail`)
}

const gives = (cases: readonly (readonly [string, JsonValue])[]): void => {
  it.each(cases)('%s gives %j', (source, expected) => {
    expect(run(source)).toStrictEqual(expected)
  })
}

const refuses = (cases: readonly (readonly [string, string])[]): void => {
  it.each(cases)('%s is refused: %s', (source, message) => {
    const { kind, message: title, detail } = failure(source)
    expect(['expression', 'limit']).toContain(kind)
    expect(`${title} ${detail}`).toContain(message)
  })
}

describe('text', () => {
  gives([
    ["titleCase('o’NEILL van-der-BERG 2nd éCOLE')", 'O’neill Van-Der-Berg 2nd École'],
    ["titleCase('')", ''],
    ["camelCase('--order_total EUR--')", 'orderTotalEur'],
    ["snakeCase('HTTPServer überGröße')", 'httpserver_über_größe'],
    ["slug('  --Ça va?  Größe__Ñ 日本 --')", 'ca-va-grosse-n'],
    ["words('don’t stop2 a1B')", ['don’t', 'stop2', 'a1', 'B']],
    ["[before('a=b=c', '='), before('abc', '='), before('abc', '')]", ['a', 'abc', '']],
    ["[after('a=b=c', '='), after('abc', '='), after('abc', '')]", ['b=c', '', 'abc']],
    ["[between('<a><b>', '<', '>'), between('<a', '<', '>'), between('a', '<', '>')]", ['a', null, null]],
    ["[contains('ÄRGER', 'ärger'), contains('abc', 'd'), contains('abc', '')]", [true, false, true]],
    ["lines('a\\r\\nb\\rc\\n')", ['a', 'b', 'c', '']],
    ["[padStart('abc', 2), padEnd('', 3, '-+')]", ['abc', '-+-']],
    ["[mask('1234'), mask('12345', 2, '#'), mask('123', 0), mask('')]", ['1234', '###45', '***', '']],
    ["[plural(1, 'day', 'days'), plural(-1, 'day', 'days'), plural(0, 'day', 'days')]", ['1 day', '-1 day', '0 days']],
    ["extractAll('a1b22', '[0-9]+')", ['1', '22']],
    ["extractAll('aXb', '(x)|(X)')", [null]],
    ["extractAll('abc', 'x*')", ['', '', '', '']],
    ["replacePattern('a1b22', '[0-9]+', '<$&>')", 'a<1>b<22>'],
    ["replacePattern('ab', '(a)(b)?(c)?', '$3$2$1$$1$9')", 'ba$1'],
    ["replacePattern('aaa', '', '-')", '-a-a-a-'],
    [
      "extractEmails('a@b, x@y.co; <Jo.D+1@sub.example.com>. @z.de, q@-bad-.org')",
      ['x@y.co', 'Jo.D+1@sub.example.com'],
    ],
    [
      "extractLinks('(https://a.de/x), HTTP://B.org/?q=1#z! httpx://no ftp://no http:// https://c.d.')",
      ['https://a.de/x', 'HTTP://B.org/?q=1#z', 'https://c.d'],
    ],
    ["['a@b.co', 'a@b', 'a b@c.de', '@b.co', 5].map(a => isEmail(a))", [true, false, false, false, false]],
    [`escapeHtml('<a href="x">it\\'s</a> & ' + 5)`, '&lt;a href=&quot;x&quot;&gt;it&#39;s&lt;/a&gt; &amp; 5'],
    [
      "stripHtml('<head><title>T</title></head><p>a<br/>b</p><SCRIPT>if (1 < 2) x()</SCRIPT>c<!-- d > -->e')",
      'a\nb\nce',
    ],
    ["stripHtml('&amp;lt; &#65;&#x42;&eacute;&#0; 1 < 2')", '&lt; AB&eacute;&#0; 1 < 2'],
    ["removeAccents('Æther œuvre þorn ẞ')", 'AEther oeuvre thorn SS'],
  ])
  refuses([
    ["mask('a', -1)", 'mask shows 0 or more'],
    ["mask('a', 1, '**')", 'one character'],
    ["extractAll('a', '(')", 'The pattern is not valid'],
    ['titleCase([1])', 'titleCase needs a text, but got a list'],
  ])
})

describe('numbers', () => {
  gives([
    [
      '[average([]), average([1, 2]), median([]), median([4, 1, 3, 2]), median([1e308, 1e308])]',
      [null, 1.5, null, 2.5, 1e308],
    ],
    ['[clamp(-1, 0, 5), clamp(3, 0, 5)]', [0, 3]],
    [
      "[formatNumber(1234567.891), formatNumber(0.5, 0, 'en'), formatNumber(1234.5, 2, 'de')]",
      ['1,234,567.891', '1', '1.234,50'],
    ],
    ["[formatCurrency(-5, 'usd'), formatCurrency(1000, 'JPY')]", ['-$5.00', '¥1,000']],
    ['[formatPercent(0.5), formatPercent(1.25, 2)]', ['50%', '125.00%']],
    ["['1,234.5', '$ -1', '-$5.25', ' 1 000 ', 'EUR 12'].map(t => parseNumber(t))", [1234.5, -1, -5.25, 1000, 12]],
    ["['1.234,5', '-0,5 kg', '7.000'].map(t => parseNumber(t, ','))", [1234.5, -0.5, 7000]],
  ])
  refuses([
    ["average(['1'])", 'average needs a number, but got a text'],
    ['average([1e308, 1e308])', 'too large'],
    ['clamp(1, 5, 0)', 'the least number before the most'],
    ["formatNumber(1, 0, 'no such locale')", 'There is no locale "no such locale"'],
    ['formatNumber(1, 99)', '0 to 20 digits'],
    ["formatCurrency(1, 'EURO')", 'three letters'],
    ["parseNumber('abc')", '"abc" holds no number'],
    ["parseNumber('1', ';')", 'The decimal sign'],
  ])
})

describe('lists', () => {
  gives([
    ["pluck([{ n: 1 }, {}, null, 5], 'n')", [1, null, null, null]],
    ["where([{ a: [1] }, { a: '[1]' }, {}], 'a', [1])", [{ a: [1] }]],
    ["where([{ a: 1 }, {}, { a: null }], 'a', null).length", 2],
    ["keyBy([{ k: 'a', n: 1 }, { k: 'a', n: 2 }], x => x.k)", { a: { k: 'a', n: 2 } }],
    ["countBy([1, 2, 3], x => x % 2 === 0 ? 'even' : 'odd')", { odd: 2, even: 1 }],
    ['flatten([[1, [2]], 3, []])', [1, [2], 3]],
    [
      'zip([1], [], [2, 3])',
      [
        [1, null, 2],
        [null, null, 3],
      ],
    ],
    ["zipObject(['a', 'b'], [1])", { a: 1, b: null }],
    [
      "[union([1, '1'], [1, [1], [1]]), intersection([1, 1, [2]], [[2], 1]), difference(['1', 1], [1])]",
      [[1, '1', [1]], [1, [2]], ['1']],
    ],
    [
      "[joinList([]), joinList(['a']), joinList(['a', 'b']), joinList(['a', 'b'], 'or', 'de')]",
      ['', 'a', 'a and b', 'a oder b'],
    ],
    ["sortBy([{ n: 1, i: 0 }, { n: 2, i: 1 }, { n: 1, i: 2 }], 'n', 'desc').map(x => x.i)", [1, 0, 2]],
  ])
  refuses([
    ["pluck([1], 'constructor')", '"constructor" is not allowed'],
    ["keyBy([{ k: '__proto__' }], 'k')", '"__proto__" is not allowed'],
    ["zipObject(['constructor'], [1])", '"constructor" is not allowed'],
    ["sortBy([1], 'n', 'up')", 'asc or desc'],
    ["joinList(['a'], 'nor')", '"and" or "or"'],
  ])
})

describe('objects and tables', () => {
  gives([
    ["[coalesce(null), coalesce(vars.x, 0, 1), coalesce('', false)]", [null, 0, false]],
    ["[choose('a', { b: 1 }), choose(1, { 1: 'one' }), choose('toString', {}, 'x')]", [null, 'one', 'x']],
    [
      "[get([[5]], '[0][0]'), get({ a: 1 }, 'a.b.c', 'x'), get({ a: null }, 'a', 0), get(null, 'a')]",
      [5, 'x', 0, null],
    ],
    [
      "['', ' a', [], [0], {}, { a: 1 }, null, 0, false].map(v => isEmpty(v))",
      [true, false, true, false, true, false, true, false, false],
    ],
    [
      "[equals([1, { a: 'x' }], [1, { a: 'x' }]), equals([1], ['1']), equals({}, []), equals(null, vars.x), equals({ a: null }, { b: null })]",
      [true, false, false, true, false],
    ],
    ["['', 1, true, [], {}, null].map(v => typeOf(v))", ['string', 'number', 'boolean', 'array', 'object', 'null']],
    ['mapValues({ a: 1 }, v => undefined)', { a: null }],
    ["renameFields({ a: 1, b: 2 }, { b: 'a' })", { a: 2 }],
    ["omitEmpty({ a: 0, b: false, c: [], d: '', e: null })", { a: 0, b: false, c: [] }],
    ["[tryJson('[1]'), tryJson('{'), tryJson(5, 'x'), tryJson('{\"__proto__\":1}', 'y')]", [[1], null, 'x', 'y']],
    ['toJson([1, { a: [] }], 2)', '[\n  1,\n  {\n    "a": []\n  }\n]'],
    [
      'parseCsv(\'\\uFEFFa,b\\r\\n1,"x ""y""\\n z"\\r\\n\\r\\n2\')',
      [
        { a: '1', b: 'x "y"\n z' },
        { a: '2', b: null },
      ],
    ],
    ["[parseCsv(''), parseCsv('a'), parseRows(',')]", [[], [], [['', '']]]],
    ["toCsv([{ a: 1 }, { b: 'x\"y' }, { a: [1, 2] }])", 'a,b\n1,\n,"x""y"\n"[1,2]",'],
    ["toCsv([['a', ';'], [null]], ';')", 'a;";"\n'],
    ["parseQuery('?a=1&a=2&a=3&b&__proto__=x')", { a: ['1', '2', '3'], b: '' }],
    [
      "parseUrl('HTTP://Example.com:8080/a b?x=1#y')",
      { protocol: 'http', host: 'example.com', port: 8080, path: '/a%20b', query: { x: '1' }, hash: 'y' },
    ],
    ['queryString({ a: { b: 1 }, c: [] })', 'a=%7B%22b%22%3A1%7D'],
  ])
  refuses([
    ["get({}, 'constructor')", '"constructor" is not allowed'],
    ["get({}, 'a..b')", 'is not a path'],
    ["get({}, 'a[x]')", 'is not a path'],
    ["renameFields({ a: 1 }, { a: '__proto__' })", '"__proto__" is not allowed'],
    ["parseCsv('__proto__\\n1')", '"__proto__" is not allowed'],
    ["parseCsv('\"a')", 'not closed'],
    ["parseCsv('a', '\"')", 'A separator is one character'],
    ['toCsv([1])', 'toCsv needs a list'],
    ['toJson(1, 9)', '1 to 8 spaces'],
    ["parseUrl('example.com')", 'is not a web address'],
  ])

  it('tables come back as they were written', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ' ', ',', ';', '"', '\n', '\r', 'é') })
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(rows, fc.constantFrom(',', ';'), (given, separator) => {
        expect(run('parseRows(toCsv(vars.rows, vars.s), vars.s)', { rows: given, s: separator })).toEqual(given)
      }),
    )
  })

  it('queries come back as they were written', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !['__proto__', 'constructor', 'prototype'].includes(text))
    fc.assert(
      fc.property(fc.dictionary(name, fc.string(), { noNullPrototype: true }), (given) => {
        expect(run('parseQuery(queryString(vars.o))', { o: given })).toEqual(given)
      }),
    )
  })
})

describe('dates', () => {
  gives([
    ["addToDate('2024-02-29', 1, 'year')", '2025-02-28T00:00:00.000Z'],
    ["addToDate('2026-03-31T10:00:00Z', -1, 'months')", '2026-02-28T10:00:00.000Z'],
    ["addToDate('2026-01-15', -25, 'month')", '2023-12-15T00:00:00.000Z'],
    ["addToDate('2026-01-31', 1, 'quarter')", '2026-04-30T00:00:00.000Z'],
    // The clock changes in the night of the 29th: a day is 23 hours long, 24 hours are more than a day.
    ["addToDate('2026-03-28T11:00:00Z', 1, 'day', 'Europe/Berlin')", '2026-03-29T10:00:00.000Z'],
    ["addToDate('2026-03-28T11:00:00Z', 24, 'hours', 'Europe/Berlin')", '2026-03-29T11:00:00.000Z'],
    // 02:30 does not exist on the 29th; on 25 October it comes twice.
    ["addToDate('2026-03-28T01:30:00Z', 1, 'day', 'Europe/Berlin')", '2026-03-29T01:30:00.000Z'],
    ["addToDate('2026-10-24T00:30:00Z', 1, 'day', 'Europe/Berlin')", '2026-10-25T00:30:00.000Z'],
    ["startOf('2026-03-29T12:00:00Z', 'day', 'Europe/Berlin')", '2026-03-28T23:00:00.000Z'],
    ["endOf('2026-03-29T12:00:00Z', 'day', 'Europe/Berlin')", '2026-03-29T21:59:59.999Z'],
    ["startOf('2026-05-20T00:30:00Z', 'week', 'America/New_York')", '2026-05-18T04:00:00.000Z'],
    [
      "['year', 'quarter', 'month', 'week', 'hour', 'minute', 'second'].map(u => startOf('2026-05-20T22:33:44.5Z', u))",
      [
        '2026-01-01T00:00:00.000Z',
        '2026-04-01T00:00:00.000Z',
        '2026-05-01T00:00:00.000Z',
        '2026-05-18T00:00:00.000Z',
        '2026-05-20T22:00:00.000Z',
        '2026-05-20T22:33:00.000Z',
        '2026-05-20T22:33:44.000Z',
      ],
    ],
    ["endOf('2028-02-01', 'quarter')", '2028-03-31T23:59:59.999Z'],
    [
      "dateParts('2026-05-20T22:30:05Z', 'Asia/Kolkata')",
      {
        year: 2026,
        quarter: 2,
        month: 5,
        week: 21,
        day: 21,
        weekday: 4,
        hour: 4,
        minute: 0,
        second: 5,
        dayOfYear: 141,
      },
    ],
    ["['2027-01-03', '2027-01-04', '2020-12-31', '2024-12-30'].map(d => dateParts(d).week)", [53, 1, 53, 1]],
    [
      "[inTimeZone(0, 'Asia/Kolkata'), inTimeZone('2026-07-01', 'America/St_Johns'), inTimeZone(0, 'UTC')]",
      ['1970-01-01T05:30:00.000+05:30', '2026-06-30T21:30:00.000-02:30', '1970-01-01T00:00:00.000+00:00'],
    ],
    [
      "['year', 'quarter', 'month', 'week', 'day', 'hour'].map(u => calendarDifference('2026-03-14', '2024-03-15', u))",
      [1, 7, 23, 104, 729, 17496],
    ],
    ["calendarDifference('2026-03-29T12:00:00Z', '2026-03-28T12:30:00Z', 'day', 'Europe/Berlin')", 1],
    ["calendarDifference('2026-01-01', '2026-02-28', 'month')", -1],
    [
      "[1, 2, 3, 4, 5, -1, -4, -5, 0].map(n => addWorkdays('2026-01-29', n).slice(0, 10))",
      [
        '2026-01-30',
        '2026-02-02',
        '2026-02-03',
        '2026-02-04',
        '2026-02-05',
        '2026-01-28',
        '2026-01-23',
        '2026-01-22',
        '2026-01-29',
      ],
    ],
    [
      "[1, 5, -1, -5, 0].map(n => addWorkdays('2026-01-31', n).slice(0, 10))",
      ['2026-02-02', '2026-02-06', '2026-01-30', '2026-01-26', '2026-01-31'],
    ],
    ["[1, -1].map(n => addWorkdays('2026-02-01', n).slice(0, 10))", ['2026-02-02', '2026-01-30']],
    ["parseDate('5 Mar 26, 1:02 pm', 'd MMM yy, h:mm a', 'America/New_York')", '2026-03-05T18:02:00.000Z'],
    ["parseDate('20260131T120000.250', \"yyyyMMdd'T'HHmmss.SSS\")", '2026-01-31T12:00:00.250Z'],
    ["parseDate('12 am', 'h a')", '1970-01-01T00:00:00.000Z'],
    [
      "[isBetween('2026-01-01', '2026-01-01', '2026-01-02'), isBetween('2026-01-02', '2026-01-01', '2026-01-02')]",
      [true, false],
    ],
    ['[0, 999, 61000, -3600000].map(ms => formatDuration(ms))', ['0s', '0s', '1m 1s', '-1h']],
    [
      "[relativeTime(0, 90000), relativeTime('2027-02-01', '2026-01-01', 'de'), relativeTime(5, 0)]",
      ['1 minute ago', 'in 1 Jahr', 'in 0 seconds'],
    ],
    ["fromUnix(toUnix('2026-01-31T12:00:00.900Z'))", '2026-01-31T12:00:00.000Z'],
  ])
  refuses([
    ["toIso('2026-02-30')", '"2026-02-30" is not a date'],
    ["toMillis('2023-02-29T10:00:00Z')", 'is not a date'],
    ["addToDate('2026-01-01', 1.5, 'day')", 'whole number'],
    ["addToDate('2026-01-01', 1, 'fortnight')", '"fortnight" is not a unit of time'],
    ["addToDate('2026-01-01', 9e15, 'day')", 'out of range'],
    ["startOf('2026-01-01', 'day', 'Mars/Base')", 'There is no time zone "Mars/Base"'],
    ["parseDate('31.02.2026', 'dd.MM.yyyy')", 'is not a date of the form dd.MM.yyyy'],
    ["parseDate('1.2.2026x', 'd.M.yyyy')", 'is not a date of the form'],
    ["parseDate('25:00', 'HH:mm')", 'is not a date of the form'],
    ["parseDate('x', 'qq')", 'parseDate does not know "qq"'],
    ['dateParts(1e15)', 'out of range'],
  ])

  it('a format reads what it has written, in every zone', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/St_Johns',
      'Asia/Kolkata',
      'Pacific/Apia',
      'Australia/Lord_Howe',
    )
    const instant = fc.date({ min: new Date('1995-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(instant, zone, (date, z) => {
        const vars = { at: date.toISOString(), z, f: 'yyyy-MM-dd HH:mm:ss.SSS' }
        const shown = run('formatDate(vars.at, vars.f, vars.z)', vars)
        expect(
          run('formatDate(parseDate(formatDate(vars.at, vars.f, vars.z), vars.f, vars.z), vars.f, vars.z)', vars),
        ).toBe(shown)
        expect(run('toIso(inTimeZone(vars.at, vars.z))', vars)).toBe(vars.at)
      }),
      { numRuns: 200 },
    )
  })

  it('the start of a unit is at or before an instant, and its end at or after it, in the same unit', () => {
    const unit = fc.constantFrom('year', 'quarter', 'month', 'week', 'day')
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/Sao_Paulo')
    const instant = fc.date({ min: new Date('1995-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(instant, unit, zone, (date, u, z) => {
        const vars = { at: date.toISOString(), u, z }
        const [start, end, next] = run(
          '[startOf(vars.at, vars.u, vars.z), endOf(vars.at, vars.u, vars.z), startOf(toMillis(endOf(vars.at, vars.u, vars.z)) + 1, vars.u, vars.z)]',
          vars,
          // The expression is a list of three texts.
        ) as [string, string, string]
        expect(start <= vars.at && vars.at <= end).toBe(true)
        expect(Date.parse(next)).toBe(Date.parse(end) + 1)
      }),
      { numRuns: 200 },
    )
  })
})

describe('encodings', () => {
  gives([
    ["hash('a', 'sha1', 'base64')", 'hvfkN/qlp/zhXR3cuerq6jd2Z7g='],
    [
      "hmac('what do ya want for nothing?', 'Jefe', 'sha256')",
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    ["hmac('what do ya want for nothing?', 'Jefe', 'md5')", '750c783e6ab0b503eaa86e310a5db738'],
    ["uuid('www.example.com', '6ba7b810-9dad-11d1-80b4-00c04fd430c8')", '2ed6657d-e927-568b-95e1-2665a8aea6a2'],
    ["[fromBase64(base64Url('ÿ?>é')), fromHex(hex('é')), hex('')]", ['ÿ?>é', 'é', '']],
  ])
  refuses([
    ["hmac('a', 'b', 'sha3')", 'hmac does not know "sha3"'],
    ["hash('a', 'md5', 'utf8')", 'hash does not know "utf8"'],
    ["uuid('a', 'b')", '"b" is not a UUID'],
    ["fromHex('abc')", 'pairs of the digits'],
  ])
})

describe('what would take too long or become too large', () => {
  const big = 'a'.repeat(1_000_000)
  it.each([
    'range(0, 999).map(i => titleCase(vars.big)).length',
    'range(0, 999).map(i => slug(vars.big)).length',
    'range(0, 999).map(i => stripHtml(vars.open)).length',
    'escapeHtml(vars.open).length',
    'range(0, 999).map(i => extractEmails(vars.ats)).length',
    'range(0, 999).map(i => extractLinks(vars.links)).length',
    'extractAll(vars.big, "a").length',
    'extractAll(vars.big, "a.*z|a").length',
    'replacePattern(vars.big, "a", "aaaaaaaa").length',
    'replacePattern(vars.big, ".+", vars.refs).length',
    'range(0, 9999).map(i => formatNumber(i, i % 20, `en-u-nu-latn-x-${i}`)).length',
    'range(0, 99999).map(i => startOf(i * 86400000, "month", "Europe/Berlin")).length',
    'range(0, 99999).map(i => parseDate("2026-01-01", "yyyy-MM-dd", "Europe/Berlin")).length',
    'range(0, 999).map(i => parseCsv(vars.csv)).length',
    'toCsv(range(0, 900).map(i => ({ a: vars.big }))).length',
    'toJson(range(0, 90).reduce((a, i) => [a, 1], range(0, 9000)), 8).length',
    'range(0, 999).map(i => equals(vars.list, vars.list)).length',
    'range(0, 999).map(i => union(vars.list, vars.list)).length',
    'zip(vars.list, vars.list, vars.list, vars.list, vars.list, vars.list).map(r => zip(vars.list, vars.list)).length',
    'range(0, 999).map(i => hmac(vars.big, vars.big)).length',
    'range(0, 999).map(i => parseQuery(vars.query)).length',
    'queryString({ a: range(0, 999).map(i => vars.big) }).length',
    'range(0, 999).map(i => lines(vars.breaks)).length',
  ])('%s ends in a limit error', (source) => {
    const vars = {
      big,
      open: '<'.repeat(1_000_000),
      ats: '@a'.repeat(50_000),
      links: 'http://a.b '.repeat(50_000),
      refs: '$&'.repeat(1_000),
      csv: `a,b\n${'"1",2\n'.repeat(50_000)}`,
      list: Array.from({ length: 10_000 }, (_, i) => [i]),
      query: 'a=1&'.repeat(20_000),
      breaks: '\n'.repeat(500_000),
    }
    expect(failure(source, vars)).toMatchObject({ kind: 'limit' })
  })
})
