import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../contracts/json.js'
import { EXPRESSION_LIBRARY, HELPERS } from './library/index.js'
import { compileTemplate } from './template.js'
import type { ExpressionScope } from './types.js'

const scope: ExpressionScope = {
  trigger: {
    n: 3,
    text: 'Hello, World',
    list: [3, 1, 2],
    people: [
      { name: 'Bo', age: 30 },
      { name: 'Al', age: 20 },
    ],
  },
  steps: { a: { output: { b: { c: 7 }, 'odd key': 1, none: null }, status: 'succeeded' } },
  item: ['x', 'y'],
  index: 4,
  vars: { tree: { left: { value: 1 } } },
  run: { id: 'run_1' },
  customer: { id: 'cus_1' },
  tenant: { id: 'ten_1' },
}

function evaluate(expression: string): JsonValue {
  const compiled = compileTemplate(`{{ ${expression} }}`)
  if (!compiled.ok) throw new Error(`${expression}: ${compiled.issues.map(({ message }) => message).join('; ')}`)
  return compiled.template.evaluate(scope)
}

/** What JavaScript gives too, unless a heading says otherwise. */
const CASES: Readonly<Record<string, readonly (readonly [expression: string, expected: JsonValue])[]>> = {
  literals: [
    ['42', 42],
    ['0x10 + 0b11 + 1_000', 1019],
    ['.5e1', 5],
    ['"a\\n\\u0041"', 'a\nA'],
    ["'it\\'s'", "it's"],
    ['true', true],
    ['null', null],
    ['[1, [2, "x"], null,]', [1, [2, 'x'], null]],
    ['{ a: 1, "b c": 2, 3: 4, [`k${1}`]: 5 }', { a: 1, 'b c': 2, 3: 4, k1: 5 }],
    ['{ a: undefined, b: [undefined] }', { a: null, b: [null] }],
    ['[...trigger.list, ...[4]]', [3, 1, 2, 4]],
    ['{ ...{ a: 1, b: 2 }, b: 3, ...null, ...steps.nope }', { a: 1, b: 3 }],
    ['`${1}${"a"}-${trigger.n}`', '1a-3'],
    ['`nested ${`${trigger.n}`} }}`', 'nested 3 }}'],
    ['/* a note */ 1', 1],
  ],
  operators: [
    ['1 + 2 * 3 ** 2', 19],
    ['(1 + 2) * 3 % 4', 1],
    ['7 / 2 - -1', 4.5],
    ['-0', 0],
    ['0 * -1', 0],
    ['-4 % 2', 0],
    ['"a" + 1 + true + null', 'a1true'],
    ['"list: " + trigger.list', 'list: [3,1,2]'],
    ['1 < 2 && "a" < "b"', true],
    ['2 >= 2 && "b" >= "a" && !(1 > 2)', true],
    ['1 === 1 && 1 == 1 && "1" != 1', true],
    ['"1" == 1', false],
    ['steps.a.output.none === undefined', true],
    ['0 || "x"', 'x'],
    ['0 ?? "x"', 0],
    ['null ?? undefined ?? "y"', 'y'],
    ['!trigger.n', false],
    ['+trigger.n', 3],
    ['index > 3 ? "many" : "few"', 'many'],
    ['"n" in trigger', true],
    ['"toString" in trigger', false],
  ],
  paths: [
    ['steps.a.output.b.c', 7],
    ['steps["a"].output["odd key"]', 1],
    ['steps.a.output.missing', null],
    ['steps.nope?.output.b.c', null],
    ['steps.nope?.output?.["b"]?.c.toFixed(2)', null],
    ['steps?.a?.output.b?.c', 7],
    ['trigger.list[0]', 3],
    ['trigger.list[trigger.list.length - 1]', 2],
    ['trigger.list[9]', null],
    ['trigger.list[-1]', null],
    ['trigger.list["1"]', null],
    ['trigger.people[1].name', 'Al'],
    ['trigger.people[1]?.name[0]', 'A'],
    ['trigger.text.length', 12],
    ['trigger.list.length', 3],
    ['trigger.list.first', null],
    ['trigger.n.length', null],
    ['vars.tree["le" + "ft"].value', 1],
    ['item[1] + index', 'y4'],
    ['run.id + customer.id + tenant.id', 'run_1cus_1ten_1'],
    ['{ default: { if: 1 } }.default.if', 1],
  ],
  'functions as arguments': [
    ['trigger.list.map(x => x * 2)', [6, 2, 4]],
    [
      'trigger.list.map((x, i) => [i, x])',
      [
        [0, 3],
        [1, 1],
        [2, 2],
      ],
    ],
    ['trigger.list.map(() => index)', [4, 4, 4]],
    ['trigger.list.map(x => ({ x }))', [{ x: 3 }, { x: 1 }, { x: 2 }]],
    ['trigger.list.map(x => undefined)', [null, null, null]],
    ['trigger.list.map(item => item + index)', [7, 5, 6]],
    ['trigger.list.map(x => trigger.list.filter(y => y > x).map(z => z - x))', [[], [2, 1], [1]]],
    ['trigger.list.map(x => [1].map(x => x)[0] + x)', [4, 2, 3]],
    ['trigger.people.filter(p => p.age > 25).map(p => p.name)', ['Bo']],
    ['trigger.people.find(p => p.name === "Al").age', 20],
    ['trigger.people.find(p => p.age > 99)', null],
    ['trigger.people.find(p => p.age > 99)?.name ?? "nobody"', 'nobody'],
    ['trigger.list.findLast(x => x > 1)', 2],
    ['trigger.list.findIndex(x => x === 1)', 1],
    ['[trigger.list.some(x => x > 2), trigger.list.every(x => x > 2)]', [true, false]],
    ['trigger.list.reduce((a, b) => a + b)', 6],
    ['trigger.list.reduce((a, b, i) => a + b * i, 10)', 15],
    ['[1, 2].flatMap(x => [x, x])', [1, 1, 2, 2]],
    ['trigger.list.sort((a, b) => b - a)', [3, 2, 1]],
    ['sortBy(trigger.people, p => p.age).map(p => p.name)', ['Al', 'Bo']],
    ['groupBy(trigger.list, x => x % 2 === 0 ? "even" : "odd")', { odd: [3, 1], even: [2] }],
  ],
  'methods of texts': [
    ['trigger.text.toUpperCase()', 'HELLO, WORLD'],
    ['trigger.text.toLowerCase()', 'hello, world'],
    ['[" a ".trim(), " a ".trimStart(), " a ".trimEnd()]', ['a', 'a ', ' a']],
    ['trigger.text.split(", ")', ['Hello', 'World']],
    ['"abc".split("")', ['a', 'b', 'c']],
    ['trigger.text.includes("World") && !trigger.text.includes("world")', true],
    ['trigger.text.startsWith("Hello") && trigger.text.endsWith("World")', true],
    ['trigger.text.indexOf("o")', 4],
    ['[trigger.text.slice(-5), trigger.text.slice(0, 5), trigger.text.substring(7)]', ['World', 'Hello', 'World']],
    ['["abc".at(-1), "abc".charAt(0), "abc"[1]]', ['c', 'a', 'b']],
    ['"a-b-c".replace("-", "$&")', 'a$&b-c'],
    ['"a-b-c".replaceAll("-", "$1")', 'a$1b$1c'],
    ['"7".padStart(3, "0") + "|" + "7".padEnd(3)', '007|7  '],
    ['"ab".repeat(2).concat("c", 1)', 'ababc1'],
    ['"Order 42 of 7".match("([a-z]+) ([0-9]+)")', ['rder 42', 'rder', '42']],
    ['"none".match("[0-9]+")', null],
    ['"aXbX".match("(b)|(z)")', ['b', 'b', null]],
  ],
  'methods of lists': [
    ['trigger.list.join("-") + [1, null, "x"].join()', '3-1-21,,x'],
    ['trigger.list.includes(3) && trigger.list.indexOf(2) === 2', true],
    ['[trigger.list.slice(1), trigger.list.at(-1)]', [[1, 2], 2]],
    ['[1].concat([2, [3]], 4)', [1, 2, [3], 4]],
    ['[1, [2, [3, [4]]]].flat()', [1, 2, [3, [4]]]],
    ['[1, [2, [3, [4]]]].flat(9)', [1, 2, 3, 4]],
    [
      '[trigger.list.reverse(), trigger.list]',
      [
        [2, 1, 3],
        [3, 1, 2],
      ],
    ],
    [
      '[trigger.list.sort(), trigger.list]',
      [
        [1, 2, 3],
        [3, 1, 2],
      ],
    ],
    // Unlike JavaScript: numbers by their size, and kinds apart from each other.
    ['[10, 9, "b", "a", null, true, 1].sort()', [true, 1, 9, 10, 'a', 'b', null]],
  ],
  'methods of numbers and other values': [
    ['(1.005).toFixed(1) + (2).toString()', '1.02'],
    ['{ a: 1 }.toString()', '{"a":1}'],
    ['[1].toString() + true.toString()', '[1]true'],
  ],
  library: [
    ['default(steps.nope, "none") + default("", 1) + default(0, 2)', 'none10'],
    ['default(trigger.n, 9)', 3],
    ['[boolean("no"), boolean(" FALSE "), boolean("yes"), boolean(0), boolean([])]', [false, false, true, false, true]],
    ['[round(2.5), round(-2.5), round(1.005, 2), floor(-0.5), ceil(-0.5), abs(-3)]', [3, -3, 1.01, -1, 0, 3]],
    ['[min([2, 1]), max(1, 5, 3), min([]), sum([0.5, 0.5])]', [1, 5, null, 1]],
    ['[number(" 12.5 "), number(3), string([1]), string(null)]', [12.5, 3, '[1]', '']],
    ['[length("abc"), length({ a: 1 }), length(null), length([])]', [3, 1, 0, 0]],
    ['unique([1, "1", 1, [1], [1], "[1]", null])', [1, '1', [1], '[1]', null]],
    ['[range(2, 5), range(0, 0), range(1.5, 3)]', [[2, 3, 4], [], [1.5, 2.5]]],
    ['chunk([1, 2, 3], 2).map(c => sum(c))', [3, 3]],
    ['[first([]), last([1, 2]), compact([0, null, "", "a"])]', [null, 2, [0, 'a']]],
    ['entries({ a: 1 }).map(e => e.key + e.value)', ['a1']],
    ['fromEntries(entries({ a: 1, b: 2 }).filter(e => e.value > 1))', { b: 2 }],
    ['json(toJson({ a: [1, "x"] })).a[1]', 'x'],
    ['json(\'"[[[ is text"\')', '[[[ is text'],
    ['[fromBase64(base64("héllo")), urlDecode(urlEncode("ä &?"))]', ['héllo', 'ä &?']],
    ['hash("", "md5")', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['[matches("A-17", "^[A-Z]-\\\\d+$"), extract("id=7;", "id=([0-9]+)"), extract("x", "y")]', [true, '7', null]],
    [
      '[truncate("abcdef", 4), capitalize("ab c"), replace("aaa", "a", "b"), replace("a", "", "b")]',
      ['abc…', 'Ab c', 'bbb', 'a'],
    ],
  ],
  dates: [
    ['toIso("2026-01-31")', '2026-01-31T00:00:00.000Z'],
    ['toIso("2026-01-31T10:00")', '2026-01-31T10:00:00.000Z'],
    ['toIso("2026-01-31 10:00:00+02:00")', '2026-01-31T08:00:00.000Z'],
    ['toIso("Sat, 31 Jan 2026 10:00:00 GMT")', '2026-01-31T10:00:00.000Z'],
    ['toMillis(toIso(86400000))', 86_400_000],
    ['addDuration("2026-03-01T00:00:00Z", "-1d")', '2026-02-28T00:00:00.000Z'],
    ['dateDifference("2026-01-02T12:00:00Z", "2026-01-01", "d")', 1.5],
    ['formatDate("2026-03-29T00:59:00Z", "HH:mm", "Europe/Berlin")', '01:59'],
    ['formatDate("2026-03-29T01:00:00Z", "HH:mm", "Europe/Berlin")', '03:00'],
    ['formatDate("2026-01-05T23:04:05.006Z", "yyyy-MM-dd\'T\'HH:mm:ss.SSS")', '2026-01-05T23:04:05.006'],
    ['formatDate("2026-01-05T00:04:00Z", "EEEE, d MMMM yy, h:mm a", "UTC", "en-US")', 'Monday, 5 January 26, 12:04 AM'],
    ['formatDate("2026-01-05T00:04:00Z", "d. MMM yyyy", "UTC", "de-DE")', '5. Jan. 2026'],
    ['formatDate(0, "date", "Asia/Tokyo", "en-GB")', '1 Jan 1970'],
  ],
}

for (const [heading, cases] of Object.entries(CASES)) {
  describe(heading, () => {
    it.each(cases)('%s gives %j', (expression, expected) => {
      expect(evaluate(expression)).toStrictEqual(expected)
    })
  })
}

describe('the catalogue of functions', () => {
  it.each(HELPERS.map(({ name, example }) => [name, example] as const))(
    '%s does as its example says: %s',
    (_, example) => {
      const [call, result, ...rest] = example.split(' → ')
      expect(rest).toEqual([])
      expect(evaluate(call ?? '')).toStrictEqual(evaluate(result ?? ''))
    },
  )

  it('lists every function once, each with a signature that begins with its name and a sentence', () => {
    expect(HELPERS.map(({ name }) => name).sort()).toEqual(Object.keys(EXPRESSION_LIBRARY).sort())
    for (const { name, signature, description } of HELPERS) {
      expect(signature.startsWith(`${name}(`), name).toBe(true)
      expect(description, name).toMatch(/^[A-Z].*\.$/)
    }
  })
})
