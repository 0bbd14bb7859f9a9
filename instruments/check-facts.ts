/** Checks scales of facts: records, durations, shares and costs. What they name is there, and of the kind that they need. */
import type { Mistake } from './definition.ts'
import type { Item, QuestionItem } from './items.ts'
import type { FactScale, Where } from './schema.ts'
import { isOverRecords } from './score-facts.ts'

/** Mistakes in one scale, with paths within it. Prices are checked where price tables are known. */
export function checkFacts(scale: FactScale, items: Map<string, Item>): Mistake[] {
  const unknown = scale.items.flatMap((name, index) =>
    items.has(name) ? [] : [{ path: `/items/${index}`, reason: `there is no item ${name}` }],
  )
  if (unknown.length > 0) return unknown
  const outside = new Map([...items].flatMap(([name, item]) => (item.kind === 'question' ? [[name, item] as const] : [])))
  return [
    ...(isOverRecords(scale) ? checkOverRecords(scale, items, outside) : checkOverQuestions(scale, outside)),
    ...(scale.missing.prorate ? [{ path: '/missing/prorate', reason: `the method ${scale.method} does not prorate: write false` }] : []),
  ]
}

function checkOverRecords(scale: FactScale, items: Map<string, Item>, outside: Map<string, QuestionItem>): Mistake[] {
  const group = items.get(scale.items[0] as string)
  if (scale.items.length !== 1 || group?.kind !== 'records')
    return [
      { path: '/items', reason: `here the method ${scale.method} takes one group of records, and these are ${scale.items.join(', ')}` },
    ]
  const inner = new Map(group.items.map((item) => [item.name, item]))
  return [
    ...checkNone(scale, outside),
    ...checkInner(scale, inner),
    ...checkAsOf(scale, outside),
    ...checkRange(scale, group.question.maxPanelCount),
  ]
}

function checkOverQuestions(scale: FactScale, outside: Map<string, QuestionItem>): Mistake[] {
  const notQuestions = scale.items.flatMap((name, index) =>
    outside.has(name) ? [] : [{ path: `/items/${index}`, reason: `${name} is a group of records: ${recordsNeed[scale.method]}` }],
  )
  const beside = (['none', 'where'] as const)
    .filter((key) => key in scale && (key === 'none' || scale.method !== 'share'))
    .map((key) => ({ path: `/${key}`, reason: `without records the method ${scale.method} has no ${key}` }))
  return [...notQuestions, ...beside, ...checkInner(scale, outside), ...checkAsOf(scale, outside), ...checkRange(scale, scale.items.length)]
}

const recordsNeed = {
  records: 'name it alone',
  duration: 'say with `over` whether durations are added, the longest counts, or the time that they cover',
  share: '`where` looks at the questions of a record',
  cost: 'say with `kind` and `amount` which questions of a record to look at',
}

/** What the method looks at in each record, or in the list. */
const checkInner = (scale: FactScale, inner: Map<string, QuestionItem>): Mistake[] => [
  ...checkMethod(scale, inner),
  ...checkMissing(scale, inner),
]

function checkMethod(scale: FactScale, inner: Map<string, QuestionItem>): Mistake[] {
  switch (scale.method) {
    case 'records':
      return checkWhere('where', scale.where, inner)
    case 'share':
      return [
        ...checkWhere('where', scale.where, inner),
        ...(isOverRecords(scale)
          ? []
          : scale.items
              .filter((name) => !Object.hasOwn(scale.where, name))
              .map((name) => ({ path: '/where', reason: `which answers to ${name} fit is not said` }))),
      ]
    case 'duration':
      return [
        ...checkDate('start', scale.start, inner),
        ...checkDate('end', scale.end, inner),
        ...(scale.over === undefined && scale.items.toSorted().join() !== [scale.start, scale.end].sort().join()
          ? [{ path: '/items', reason: `the items of this duration are ${scale.start} and ${scale.end}` }]
          : []),
        ...checkWhere('running', scale.running, inner),
        ...checkWhere('where', scale.where, inner),
      ]
    case 'cost':
      return checkCost(scale, inner)
  }
}

function checkCost(scale: Extract<FactScale, { method: 'cost' }>, inner: Map<string, QuestionItem>): Mistake[] {
  const { kind, amount, unitPrices, items } = scale
  if (kind === undefined && amount === undefined)
    return [
      ...items.flatMap((name, index) => [
        ...checkNumber(`/items/${index}`, name, inner),
        ...(Object.hasOwn(unitPrices, name) ? [] : [{ path: '/unitPrices', reason: `what one ${name} costs is not said` }]),
      ]),
      ...Object.keys(unitPrices)
        .filter((name) => !items.includes(name))
        .map((name) => ({ path: `/unitPrices/${name}`, reason: `${name} is not an item of this scale` })),
    ]
  if (kind === undefined || amount === undefined)
    return [{ path: '', reason: 'costs of records need both `kind` and `amount`: what was used, and how much' }]
  const values = inner.get(kind)?.choices.map(({ value }) => String(value))
  if (values === undefined) return [{ path: '/kind', reason: `there is no item ${kind} in a record` }]
  if (inner.get(kind)?.question.type === 'checkbox')
    return [{ path: '/kind', reason: `${kind} is a checkbox: one kind per record is needed` }]
  return [
    ...checkNumber('/amount', amount, inner),
    ...Object.keys(unitPrices)
      .filter((value) => !values.includes(value))
      .map((value) => ({ path: `/unitPrices/${value}`, reason: `${kind} has no answer ${value}; it has: ${values.join(', ') || 'none'}` })),
  ]
}

function checkNumber(path: string, name: string, inner: Map<string, QuestionItem>): Mistake[] {
  const question = inner.get(name)?.question
  if (!question) return [{ path, reason: `there is no item ${name} here` }]
  const isAmount = question.type === 'text' && question.inputType === 'number' && typeof question.min === 'number' && question.min >= 0
  return isAmount ? [] : [{ path, reason: `${name} must be a number with a min of 0 or more, to be an amount` }]
}

/** Whether the answers that count as missing can be given where the scale looks, and say nothing else besides. */
function checkMissing(scale: FactScale, inner: Map<string, QuestionItem>): Mistake[] {
  const wheres = [('where' in scale && scale.where) || {}, ('running' in scale && scale.running) || {}]
  const looked = [...wheres.flatMap((where) => Object.keys(where)), ...(scale.method === 'cost' && scale.kind ? [scale.kind] : [])]
  const given = new Set(looked.flatMap((name) => inner.get(name)?.choices.map(({ value }) => value) ?? []))
  const fitting = wheres.flatMap((where) => Object.values(where).flat())
  return (scale.missing.answers ?? []).flatMap((value, index) => {
    const path = `/missing/answers/${index}`
    if (fitting.includes(value)) return [{ path, reason: `${value} cannot both fit and say that it is not known` }]
    return given.has(value) ? [] : [{ path, reason: `no item that this scale looks at has the answer ${value}` }]
  })
}

/** The day until which counts what still goes on stands outside the records. */
function checkAsOf(scale: FactScale, outside: Map<string, QuestionItem>): Mistake[] {
  if (scale.method !== 'duration' || scale.asOf === undefined) return []
  if (scale.running === undefined) return [{ path: '/asOf', reason: 'without `running` nothing still goes on: add it, or leave asOf out' }]
  return checkDate('asOf', scale.asOf, outside)
}

function checkDate(key: 'start' | 'end' | 'asOf', name: string, inner: Map<string, QuestionItem>): Mistake[] {
  const question = inner.get(name)?.question
  if (!question) return [{ path: `/${key}`, reason: `there is no item ${name} here` }]
  return question.inputType === 'date' ? [] : [{ path: `/${key}`, reason: `${name} is no date` }]
}

function checkWhere(key: string, where: Where | undefined, inner: Map<string, QuestionItem>): Mistake[] {
  return Object.entries(where ?? {}).flatMap(([name, values]) => {
    const path = `/${key}/${name}`
    const choices = inner.get(name)?.choices.map(({ value }) => value)
    if (choices === undefined) return [{ path, reason: `there is no item ${name} here` }]
    return values.flatMap((value, index) =>
      choices.includes(value)
        ? []
        : [{ path: `${path}/${index}`, reason: `${name} has no answer ${value}; it has: ${choices.join(', ') || 'none'}` }],
    )
  })
}

/** `none` is about answers outside the records. */
const checkNone = ({ none }: FactScale, outside: Map<string, QuestionItem>): Mistake[] => checkWhere('none', none, outside)

/** How many there can be is known, and a share is one of 1; how long and how dear is for the author to say. */
function checkRange({ method, range: [lowest, highest] }: FactScale, most: number): Mistake[] {
  const wanted = method === 'records' ? most : method === 'share' ? 1 : highest
  if (lowest === 0 && highest === wanted && highest > 0) return []
  return [{ path: '/range', reason: `the scores can be 0 to ${wanted > 0 ? wanted : 'something above it'}, not ${lowest} to ${highest}` }]
}
