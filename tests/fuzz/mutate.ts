/** Changes of a body, from one value in it to bytes that are no JSON at all. */
import { oneOf, type Random, wholeBetween } from '../../server/demo/random.ts'
import { oddTexts, oddValue } from './odd-values.ts'

const names = ['__proto__', 'constructor', 'id', 'studyId', 'role', 'state', '', 'a'.repeat(500), 'reason', '\u0000']

/** The same value with one to three things in it replaced, left out or added. */
export function mutated(value: unknown, random: Random): unknown {
  let changed = structuredClone(value)
  for (let times = wholeBetween(random, 1, 3); times > 0; times--) changed = changedOnce(changed, random)
  return changed
}

function changedOnce(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random() < 0.1) return structuredClone(oddValue(random))
  const keys = Object.keys(value)
  const inside = value as Record<string, unknown>
  const which = random()
  if (keys.length === 0 || which < 0.15) set(inside, oneOf(random, names), structuredClone(oddValue(random)))
  else {
    const key = oneOf(random, keys)
    if (which < 0.3) delete inside[key]
    else set(inside, key, changedOnce(inside[key], random))
  }
  return inside
}

/** Also `__proto__`, as a key like any other. */
const set = (inside: object, key: string, value: unknown): void => {
  Object.defineProperty(inside, key, { value, enumerable: true, configurable: true, writable: true })
}

const bytes = (text: string) => new Uint8Array(Buffer.from(text))

/** What is in the body instead of the JSON in `text`. */
export function spoilt(text: string, random: Random): Uint8Array<ArrayBuffer> {
  return oneOf<() => Uint8Array<ArrayBuffer>>(random, [
    () => bytes(text.slice(0, wholeBetween(random, 0, text.length))),
    () => bytes(`${text}}`),
    () => bytes(`\ufeff${text}`),
    () => bytes(text.replace('{', '{"reason":"een","reason":2,')),
    () => bytes(text.replace(/:[^:,}]*/, ':1e999')),
    () => bytes(text.replace(/:[^:,}]*/, `:${'9'.repeat(3000)}`)),
    () => bytes(text.replaceAll('"', "'")),
    () => bytes(`${'['.repeat(20_000)}${']'.repeat(20_000)}`),
    () => bytes('{"a":'.repeat(15_000)),
    () => bytes(`{"csv":"${'x'.repeat(270_000)}"}`),
    () => bytes(oneOf(random, ['null', '""', '0', '[]', 'NaN', '// a', '{"a":1,}', oneOf(random, oddTexts)])),
    () => new Uint8Array(Buffer.from(text.replace(/[a-z]/, '\xff\xfe'), 'latin1')),
    () => new Uint8Array(Buffer.from(text, 'utf16le')),
    () => Uint8Array.from({ length: wholeBetween(random, 0, 300) }, () => wholeBetween(random, 0, 255)),
  ])()
}
