/** What nobody types and somebody sends. */
import { oneOf, type Random, wholeBetween } from '../../server/demo/random.ts'

export const oddTexts: readonly string[] = [
  ...[
    '',
    ' ',
    '\t',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udc00x',
    '\u202eabc',
    '\ufeff',
    '\u2028',
    '👨‍👩‍👧‍👦',
    'e\u0301'.repeat(50),
    'İ',
    'ß',
  ],
  ...["'; DROP TABLE cases; --", '" OR ""="', "x' OR '1'='1", '%', '%'.repeat(60), '_'.repeat(60), '\\', '{{7*7}}', '{veo01}'],
  ...['../../etc/passwd', '..\\..\\', '%00', '%2e%2e%2f', '/', 'file:///etc/passwd', 'http://elsewhere.example/'],
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://elsewhere.example")',
    '@SUM(1)',
    '\r\nBcc: x@elsewhere.example',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'length',
    'then',
    'null',
    'undefined',
    'NaN',
    'Infinity',
    '1e999',
    '-0',
  ],
  ...[
    '2026-02-30',
    '0000-00-00',
    '0000-01-01',
    '9999-12-31',
    '+275760-09-13',
    '-000001-01-01',
    '2026-13',
    '2026-3-2',
    '2026-03-29T02:30:00',
  ],
  ...[
    '(a+)+$',
    '('.repeat(50),
    '['.repeat(300),
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!',
    'nl',
    'NL',
    'zz',
    '*',
    's1',
    's2',
    'administrator',
  ],
  ...['x'.repeat(61), 'x'.repeat(321), 'x'.repeat(1001), 'x'.repeat(20_001), '\ud83d'.repeat(400), `${'a'.repeat(300)}@voorbeeld.example`],
]

const oddNumbers: readonly number[] = [-1, 0, -0, 0.5, 1, 255, 1e308, -1e308, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 2 ** 63, 1e21, 5e-324]

/** Nested so deep. */
const nested = (depth: number): unknown => (depth === 0 ? 1 : depth % 2 === 0 ? [nested(depth - 1)] : { a: nested(depth - 1) })

const oddOthers: readonly unknown[] = [
  ...[null, true, false, [], {}, [[]], [null], [{}], { '': 1 }, { length: 1e9 }, { toJSON: 1 }, { nl: 1 }, { toString: null }],
  JSON.parse('{"then":1}'),
  JSON.parse('{"__proto__":{"polluted":1}}'),
  JSON.parse('{"constructor":{"prototype":{"polluted":1}}}'),
  nested(60),
  Array.from({ length: 3000 }, () => 0),
  Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`k${index}`, index])),
]

/** Anything that JSON can say. */
export function oddValue(random: Random): unknown {
  const which = random()
  if (which < 0.5) return oneOf(random, oddTexts)
  if (which < 0.7) return oneOf(random, oddNumbers)
  // A list, and not the choice itself: null is one of them.
  if (which < 0.95)
    return oneOf(
      random,
      oddOthers.map((value) => [value]),
    )[0]
  return Array.from({ length: wholeBetween(random, 1, 4) }, () => oddValue(random))
}
