/** One request: an operation, who asks, and how far it is from what a page would send. */
import { oneOf, type Random } from '../../server/demo/random.ts'
import { drawValue, type Words } from './draw-value.ts'
import { mutated, spoilt } from './mutate.ts'
import { oddTexts, oddValue } from './odd-values.ts'
import type { Operation } from './operations.ts'

export interface Fuzzed {
  method: string
  /** From the first slash on, as it goes over the line. */
  url: string
  headers: Record<string, string>
  body: Uint8Array<ArrayBuffer> | undefined
}

/** A case that is there, with what belongs to it. */
export interface Place {
  code: string
  people: string[]
  assignments: string[]
}

export interface Asking {
  /** Cookie, or key. */
  headers: Record<string, string>
  /** The study that it belongs to. */
  study: string
  /** Of one of our pages, as a browser says. */
  origin: string
  /** Cases to ask about. */
  places: readonly Place[]
}

/** What would end the caller's own story, or cost seconds: seldom, so that there is a story. */
const rare =
  /sign-out|leave|withdraw|erase|\/stop|\/close$|disable|destroyed|second-factor|password|\/exports$|\/reports$|removal|language$/

/** An operation that is asked often enough, and not too often. */
export function drawOperation(operations: readonly Operation[], random: Random): Operation {
  const drawn = oneOf(random, operations)
  return drawn.method !== 'GET' && rare.test(drawn.path) && random() < 0.85 ? drawOperation(operations, random) : drawn
}

export function drawRequest(operation: Operation, { headers, study, origin, places }: Asking, random: Random, words: Words): Fuzzed {
  const url = drawPath(operation.path, { study, place: oneOf(random, places) }, random, words) + drawQuery(operation, random, words)
  const method =
    random() < 0.95 ? operation.method : oneOf(random, ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])
  const takesBody = method !== 'GET' && method !== 'HEAD'
  return {
    method,
    url,
    headers: {
      Origin: origin,
      ...(takesBody && { 'Content-Type': typeOf(operation) }),
      ...headers,
      ...(random() < 0.08 && drawHeader(random)),
    },
    body: takesBody ? drawBody(operation, random, words) : undefined,
  }
}

const isPage = ({ path }: Operation): boolean => !path.startsWith('/api/')
const typeOf = (operation: Operation): string => (isPage(operation) ? 'application/x-www-form-urlencoded' : 'application/json')

function drawPath(path: string, { study, place }: { study: string; place: Place }, random: Random, words: Words): string {
  const filled = path
    .replace(/\*$/, () => encoded(oneOf(random, oddTexts)))
    .replaceAll(/:([a-z]+)/gi, (_, name: string) => {
      if (random() < 0.03) return encoded(oneOf(random, oddTexts))
      if (name === 'study') return random() < 0.95 ? study : oneOf(random, ['s1', 's2', 'S1', 's1 ', '*'].map(encoded))
      const own = { case: [place.code], code: [place.code], person: place.people, assignment: place.assignments, id: place.assignments }[
        name
      ]
      if (own && random() < 0.8) return own.length === 0 ? 'x' : encoded(oneOf(random, own))
      const listed = words.get(`${name} id`)
      if (listed && random() < 0.8) return encoded(String(oneOf(random, listed)))
      const values = [...(words.get(wordFor[name] ?? name) ?? []), ...(words.get(name) ?? [])]
      return values.length > 0 ? encoded(String(oneOf(random, values))) : 'x'
    })
  if (random() < 0.96) return filled
  const at = 1 + Math.floor(random() * (filled.length - 1))
  return oneOf(random, [
    `${filled}/`,
    filled.replace('/', '//'),
    filled.toUpperCase(),
    `${filled.slice(0, at)}%00${filled.slice(at)}`,
    `${filled.slice(0, at)}%2F..%2F${filled.slice(at)}`,
    `${filled}%`,
    filled.replace('/api/', '/api/x/../'),
  ])
}

/** What the values for a place of a route are called in answers. */
const wordFor: Record<string, string> = {
  ...{ case: 'code', person: 'id', assignment: 'id', staff: 'id', factor: 'id', key: 'id', task: 'id', import: 'id', job: 'id' },
  ...{ export: 'id', report: 'id', query: 'id', token: 'token' },
}

function encoded(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    // Half a character has no encoding; as bytes that are no UTF-8 it can be sent.
    return '%ED%A0%80'
  }
}

function drawQuery({ query }: Operation, random: Random, words: Words): string {
  const given = query.filter(() => random() < 0.4).map(({ name, schema }) => [name, drawValue(schema, random, words, name)] as const)
  const odd =
    random() < 0.2 ? [[oneOf(random, [...query.map(({ name }) => name), 'x', '__proto__', 'search']), oddValue(random)] as const] : []
  const parts = [...given, ...odd].map(
    ([name, value]) => `${encoded(name)}=${encoded(typeof value === 'string' ? value : (JSON.stringify(value) ?? '').slice(0, 3000))}`,
  )
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

function drawBody(operation: Operation, random: Random, words: Words): Uint8Array<ArrayBuffer> | undefined {
  if (isPage(operation)) return random() < 0.2 ? spoilt('a=1&a=2', random) : new Uint8Array(Buffer.from(drawFields(random, words)))
  const value = operation.body ? drawValue(operation.body, random, words) : {}
  const which = random()
  const text = JSON.stringify(which < 0.55 ? value : mutated(value, random)) ?? ''
  return which > 0.93 ? spoilt(text, random) : new Uint8Array(Buffer.from(text))
}

/** Fields of a page without scripts. */
function drawFields(random: Random, words: Words): string {
  const names = ['language', 'page', 'next', 'given', 'research', 'reason', ...((words.get('name') ?? []) as string[])]
  return Array.from({ length: 4 }, () => {
    const value = random() < 0.5 ? oddValue(random) : oneOf(random, ['1', '3', 'nl', 'yes', 'on'])
    return `${encoded(String(oneOf(random, names)))}=${encoded(String(typeof value === 'object' ? JSON.stringify(value) : value))}`
  }).join('&')
}

const drawHeader = (random: Random): Record<string, string> =>
  oneOf<Record<string, string>>(random, [
    ...['text/plain', 'application/json; charset=utf-16', 'multipart/form-data', 'multipart/form-data; boundary=x', 'a/b; q="', ''].map(
      (type) => ({ 'Content-Type': type }),
    ),
    ...['http://elsewhere.example', 'null', '', 'http://'].map((origin) => ({ Origin: origin })),
    ...['Bearer', 'Bearer nmt_', `Bearer nmt_${'a'.repeat(43)}`, 'Basic YTpi', `Bearer ${'x'.repeat(5000)}`].map((key) => ({
      Authorization: key,
    })),
    ...['nameting-desk=', 'nameting=;nameting=', 'nameting-desk=%E0%A4%A', `nameting-device=${'x'.repeat(4000)}`].map((cookie) => ({
      Cookie: cookie,
    })),
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'X-Account': 'x' },
    { 'X-Unattended': '1' },
    { 'X-Forwarded-For': '::1, 1.2.3.4, x' },
    { 'Accept-Language': 'en'.repeat(1000) },
    { 'If-None-Match': '*' },
    { Range: 'bytes=9-1' },
    { 'Content-Length': '-1' },
    { 'X-Http-Method-Override': 'DELETE' },
  ])
