/** Checks scales: every item can be scored as the scale says, and its range is what the items can give. */
import { takesChoices } from './check-elements.ts'
import { checkFacts } from './check-facts.ts'
import type { Mistake } from './definition.ts'
import { type Item, itemsOf } from './items.ts'
import type { AnswerScale, Instrument } from './schema.ts'
import { isOfAnswers, partsOf } from './score.ts'

/** Mistakes in the scales of one instrument. */
export function checkScales(instrument: Instrument): Mistake[] {
  const items = new Map(itemsOf(instrument).map((item) => [item.name, item]))
  return instrument.scales.flatMap((scale, index) =>
    [
      ...(instrument.scales.findIndex(({ id }) => id === scale.id) === index
        ? []
        : [{ path: '/id', reason: `there is another scale ${scale.id}` }]),
      ...(isOfAnswers(scale)
        ? [...checkItems(scale, items), ...checkMethod(scale), ...checkAnswers(scale, items), ...checkRange(scale, items)]
        : checkFacts(scale, items)),
    ].map(({ path, reason }) => ({ path: `/scales/${index}${path}`, reason })),
  )
}

/** What is no mistake, yet seldom meant. */
export function warnAboutScales(instrument: Instrument): Mistake[] {
  const items = new Map(itemsOf(instrument).map((item) => [item.name, item]))
  return instrument.scales.flatMap((scale, index) => {
    const hidden = scale.items.filter((name) => (items.get(name)?.conditions.length ?? 0) > 0)
    const losesScore = isOfAnswers(scale) && addsUp(scale) && hidden.length > scale.missing.allowed && hidden.length < scale.items.length
    return [
      ...(losesScore
        ? [
            {
              path: `/scales/${index}/items`,
              reason: `${hidden.join(', ')}: when a condition hides these, the scale has no score (missing.allowed is ${scale.missing.allowed})`,
            },
          ]
        : []),
      ...(scale.missing.prorate && scale.method !== 'sum'
        ? [{ path: `/scales/${index}/missing/prorate`, reason: `prorate says nothing for the method ${scale.method}, only for sum` }]
        : []),
      ...(isOfAnswers(scale) && addsUp(scale) && scale.method !== 'value'
        ? unordered(scale, items).map((reason) => ({ path: `/scales/${index}/items`, reason }))
        : []),
    ]
  })
}

/** Where what is added up goes up and down from choice to choice, two values may have changed places. */
function unordered({ items: names, missing }: AnswerScale, items: Map<string, Item>): string[] {
  return names.flatMap((name) => {
    const values = (items.get(name)?.choices ?? []).map(({ value }) => value).filter((value) => !missing.answers?.includes(value))
    const rising = values.toSorted((a, b) => a - b)
    const inOrder = [rising, rising.toReversed()].some((order) => order.join() === values.join())
    return inOrder ? [] : [`the choices of ${name} neither rise nor fall: ${values.join(', ')}`]
  })
}

/** Sum, mean and value make a number of the answers; count and categories look which of them are events. */
const addsUp = ({ method }: AnswerScale): boolean => method === 'sum' || method === 'mean' || method === 'value'

function checkItems(scale: AnswerScale, items: Map<string, Item>): Mistake[] {
  const { items: names, reverse, missing, method } = scale
  const inScale = new Set(names)
  // Of parts that may each miss so much, the smallest decides.
  const fewest = Math.min(...partsOf(scale).map((part) => new Set(part).size))
  return [
    ...repeated(names).map((index) => ({ path: `/items/${index}`, reason: `${names[index]} stands in the scale twice` })),
    ...names.flatMap((name, index) => (items.has(name) ? [] : [{ path: `/items/${index}`, reason: `there is no item ${name}` }])),
    ...repeated(reverse).map((index) => ({ path: `/reverse/${index}`, reason: `${reverse[index]} is reversed twice` })),
    ...reverse.flatMap((name, index) =>
      inScale.has(name) ? [] : [{ path: `/reverse/${index}`, reason: `${name} is reversed, but is not an item of this scale` }],
    ),
    ...(missing.allowed < fewest
      ? []
      : [{ path: '/missing/allowed', reason: `${missing.allowed} may be missing of ${fewest}: at least one item must be answered` }]),
    ...(method === 'value' && names.length !== 1
      ? [{ path: '/items', reason: `the method value takes one item, not ${names.length}` }]
      : []),
  ]
}

/** The keys that only some methods have. */
function checkMethod({ method, counts, groups, items }: AnswerScale): Mistake[] {
  const countsEvents = method === 'count' || method === 'categories'
  const mistakes: Mistake[] = []
  if (countsEvents && counts === undefined)
    mistakes.push({ path: '', reason: `the method ${method} needs counts: which answers are an event` })
  if (!countsEvents && counts !== undefined) mistakes.push({ path: '/counts', reason: `the method ${method} has no counts` })
  if (method === 'categories' && groups === undefined)
    mistakes.push({ path: '', reason: 'the method categories needs groups: the items of each category' })
  if (method !== 'categories' && method !== 'sum' && groups !== undefined)
    mistakes.push({ path: '/groups', reason: `the method ${method} has no groups` })
  return [
    ...mistakes,
    ...repeated(counts ?? []).map((index) => ({ path: `/counts/${index}`, reason: `${counts?.[index]} counts already` })),
    ...checkGroups(groups ?? {}, items),
  ]
}

function checkGroups(groups: NonNullable<AnswerScale['groups']>, items: string[]): Mistake[] {
  const entries = Object.entries(groups)
  const grouped = entries.flatMap(([group, names]) => names.map((name, index) => ({ path: `/groups/${group}/${index}`, name })))
  const outside = grouped
    .filter(({ name }) => !items.includes(name))
    .map(({ path, name }) => ({ path, reason: `${name} is not an item of this scale` }))
  const twice = repeated(grouped.map(({ name }) => name)).map((index) => {
    const { path, name } = grouped[index] as (typeof grouped)[number]
    return { path, reason: `${name} is in two groups, or twice in one` }
  })
  const left = entries.length === 0 ? [] : items.filter((item) => !grouped.some(({ name }) => name === item))
  return [...outside, ...twice, ...left.map((name) => ({ path: '/groups', reason: `${name} is in no group` }))]
}

/** Whether the answers that an item takes are numbers that the scale can do something with. */
function checkAnswers(scale: AnswerScale, items: Map<string, Item>): Mistake[] {
  const [lowest, highest] = scale.itemRange
  if (lowest >= highest) return [{ path: '/itemRange', reason: `the lowest answer ${lowest} must be below the highest ${highest}` }]
  const mistakes = scale.items.flatMap((name, index) => {
    const item = items.get(name)
    const reason = item && unusable(scale, item)
    return reason === undefined ? [] : [{ path: `/items/${index}`, reason: `${name} ${reason}` }]
  })
  const answers = new Set(scale.items.flatMap((name) => keyedChoices(scale, items.get(name))))
  const never = (scale.counts ?? []).flatMap((value, index) => {
    if (answers.has(value)) return []
    const isUnknown = scale.missing.answers?.includes(value)
    const reason = isUnknown ? `${value} cannot both count and say that it is not known` : `no item has the answer ${value}`
    return [{ path: `/counts/${index}`, reason }]
  })
  return [...mistakes, ...never, ...checkMissing(scale, items)]
}

/** Whether the answers that count as missing can be given. */
function checkMissing({ items: names, missing }: AnswerScale, items: Map<string, Item>): Mistake[] {
  const answers = new Set(names.flatMap((name) => items.get(name)?.choices.map(({ value }) => value) ?? []))
  return (missing.answers ?? []).flatMap((value, index) =>
    answers.has(value) ? [] : [{ path: `/missing/answers/${index}`, reason: `no item has the answer ${value}` }],
  )
}

function unusable(scale: AnswerScale, { question, choices }: Item): string | undefined {
  if (question.type === 'paneldynamic') return `is a group of records: only records, duration, share and cost can score those`
  const { type, inputType, min, max } = question
  const [lowest, highest] = scale.itemRange
  if (takesChoices(question) && choices.length === 0) return undefined
  if (!addsUp(scale)) return choices.length > 0 ? undefined : 'has no choices, so no answer to it can count'
  if (type === 'checkbox') return `is a checkbox: the method ${scale.method} needs one number per item`
  if (choices.length > 0) {
    const outside = scored(scale, choices).filter((value) => value < lowest || value > highest)
    return outside.length === 0 ? undefined : `has choices outside the item range ${lowest} to ${highest}: ${outside.join(', ')}`
  }
  if (type !== 'text' || inputType !== 'number') return `is a ${inputType ?? type} question: the method ${scale.method} needs numbers`
  const within = typeof min === 'number' && typeof max === 'number' && min >= lowest && max <= highest
  return within ? undefined : `needs a min and max within the item range ${lowest} to ${highest}`
}

function keyedChoices(scale: AnswerScale, item: Item | undefined): number[] {
  const [lowest, highest] = scale.itemRange
  return item ? scored(scale, item.choices).map((value) => (scale.reverse.includes(item.name) ? lowest + highest - value : value)) : []
}

/** The values that are scored, without those which say that it is not known. */
const scored = ({ missing }: AnswerScale, choices: Item['choices']): number[] =>
  choices.map(({ value }) => value).filter((value) => missing.answers?.includes(value) !== true)

function checkRange(scale: AnswerScale, items: Map<string, Item>): Mistake[] {
  const possible = possibleRange(scale, items)
  if (possible === undefined || (possible[0] === scale.range[0] && possible[1] === scale.range[1])) return []
  return [
    {
      path: '/range',
      reason: `the scores can be ${possible[0]} to ${possible[1]} (${whence(scale)}), not ${scale.range[0]} to ${scale.range[1]}`,
    },
  ]
}

/** Lowest and highest raw score, as instruments/score.ts makes it; undefined where the scale has another mistake that hides it. */
function possibleRange(scale: AnswerScale, items: Map<string, Item>): [number, number] | undefined {
  const { method, itemRange, items: names, missing } = scale
  const [lowest, highest] = itemRange
  switch (method) {
    case 'value':
    case 'mean':
      return itemRange
    case 'sum': {
      // Without prorating, an unanswered item adds nothing: fewer items are a smaller multiple of the same edge.
      const fewest = missing.prorate
        ? names.length
        : partsOf(scale).reduce((sum, part) => sum + Math.max(1, part.length - missing.allowed), 0)
      return [Math.min(lowest * fewest, lowest * names.length), Math.max(highest * fewest, highest * names.length)]
    }
    case 'count':
      if (names.some((name) => !items.has(name))) return undefined
      return [0, names.reduce((sum, name) => sum + mostEvents(scale, items.get(name)), 0)]
    case 'categories':
      return scale.groups && [0, Object.keys(scale.groups).length]
  }
}

/** How many events one item can give: one, but of a checkbox each ticked choice. */
function mostEvents(scale: AnswerScale, item: Item | undefined): number {
  const events = keyedChoices(scale, item).filter((value) => scale.counts?.includes(value)).length
  return item?.question.type === 'checkbox' ? events : Math.min(1, events)
}

function whence({ method, items, itemRange: [lowest, highest] }: AnswerScale): string {
  if (method === 'categories') return 'the number of groups'
  if (method === 'count') return `the events that ${items.length} items can give`
  return method === 'sum' ? `${items.length} items of ${lowest} to ${highest}` : `one item's ${lowest} to ${highest}`
}

/** Indices of what stood earlier in the list already. */
const repeated = (list: readonly unknown[]): number[] => list.flatMap((element, index) => (list.indexOf(element) === index ? [] : [index]))
