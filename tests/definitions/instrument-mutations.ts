/** Mistakes in instruments, and in the parts that they share. */
import { oneOf } from '../../server/demo/random.ts'
import { all, at, has, isObject, list, type Mutations, remove, replace, type Spot, set, swapTwo, toOne, top, twice } from './mutation.ts'

const isQuestion = (spot: Spot): boolean =>
  has('title', 'type')(spot) && ['radiogroup', 'dropdown', 'checkbox', 'text', 'comment'].includes(spot.value.type)
const isInList = ({ parent }: Spot): boolean => Array.isArray(parent)
const isScale = has('method', 'range', 'missing')
const isAnswerScale = all(isScale, has('itemRange', 'items'))
const isCondition = ({ key, value }: Spot): boolean => key === 'visibleIf' && typeof value === 'string'
const choices = list('choices', 3)

export const instrumentMutations: Mutations = {
  'an item is dropped': at(all(isQuestion, isInList), remove),
  'an item gets another name': at(
    isQuestion,
    set('name', (was) => `${was}_x`),
  ),
  'an item gets a name that SurveyJS takes for something else': at(
    isQuestion,
    set('name', () => 'constructor'),
  ),
  'an item stands there twice': at(all(isQuestion, isInList), twice),
  'two elements change places': at(list('elements', 2), swapTwo()),
  'a question is of another type': at(
    isQuestion,
    set('type', (was) => ({ radiogroup: 'checkbox', dropdown: 'text', checkbox: 'radiogroup' })[was as string] ?? 'radiogroup'),
  ),
  'what may stay open is required, or the other way round': at(
    isQuestion,
    set('isRequired', (was) => was !== true),
  ),
  'the lowest number is above the highest': at(
    all(isQuestion, ({ value }) => typeof value.max === 'number'),
    set('min', (_, __, { max }) => max + 1),
  ),
  'a number may be larger': at(
    all(isQuestion, ({ value }) => typeof value.max === 'number'),
    set('max', (was) => was + 1),
  ),
  'fewer records fit': at(
    has('maxPanelCount'),
    set('maxPanelCount', (was) => was - 1),
  ),

  'a choice is dropped': at(choices, toOne(remove)),
  'two choices have one value': at(choices, ({ value }) => {
    value[1].value = value[0].value
  }),
  'two choices change texts': at(choices, swapTwo('text')),
  'two choices change values': at(choices, swapTwo('value')),
  'a choice has a value far away': at(choices, toOne(set('value', () => 990))),
  'a choice is a code for a missing answer': at(choices, toOne(set('value', (_, random) => oneOf(random, [-8, -9])))),

  'an item waits for itself': at(
    isQuestion,
    set('visibleIf', (_, __, { name }) => `{${name}} = 1`),
  ),
  'an item waits for a later one': at(list('elements', 2), ({ value }, random) => {
    const names = value.map(({ name }: { name: string }) => name)
    oneOf(random, value.slice(0, -1) as { visibleIf: string }[]).visibleIf = `{${names.at(-1)}} notempty`
  }),
  'a condition looks at what is not there': at(
    isCondition,
    replace((was) => was.replace('}', '_x}')),
  ),
  'a condition breaks off': at(
    isCondition,
    replace((was) => was.replace(/\s*\S+$/, '')),
  ),
  'a condition calls what it cannot': at(
    isCondition,
    replace((was) => `${was} and today() > 0`),
  ),
  'a condition is turned': at(
    isCondition,
    replace((was) => (was.includes(' = ') ? was.replace(' = ', ' != ') : `!(${was})`)),
  ),
  'a condition is dropped': at(isCondition, remove),

  'an item is dropped from a scale': at(
    all(isAnswerScale, ({ value }) => value.items.length > 1),
    ({ value }, random) => value.items.splice(value.items.indexOf(oneOf(random, value.items)), 1),
  ),
  'a scale has an item that is not there': at(
    isScale,
    set('items', ([first, ...others]) => [`${first}_x`, ...others]),
  ),
  'a scale has an item twice': at(
    isAnswerScale,
    set('items', (items, random) => [...items, oneOf(random, items)]),
  ),
  'a key is turned': at(
    isAnswerScale,
    set('reverse', (was: string[] = [], random, { items }) => {
      const item = oneOf(random, items as string[])
      return was.includes(item) ? was.filter((other) => other !== item) : [...was, item]
    }),
  ),
  'a key is turned of what is no item': at(
    isAnswerScale,
    set('reverse', (was = []) => [...was, 'not_there']),
  ),
  'a range is another': at(
    isAnswerScale,
    set('range', ([lowest, highest], random) =>
      oneOf(random, [
        [lowest + 1, highest],
        [lowest, highest + 1],
      ]),
    ),
  ),
  'an item range is shifted': at(
    isAnswerScale,
    set('itemRange', ([lowest, highest]) => [lowest + 1, highest + 1]),
  ),
  'one more may be missing': at(isScale, ({ value }) => {
    value.missing.allowed += 1
  }),
  'the bad direction is turned': at(
    isScale,
    set('worse', (was) => (was === 'high' ? 'low' : 'high')),
  ),
  'another answer counts': at(list('counts'), toOne(replace((was) => was + 1))),
  'the method is another': at(
    isAnswerScale,
    set('method', (was) => ({ sum: 'mean', mean: 'sum', value: 'mean', count: 'categories' })[was as string] ?? 'count'),
  ),
  'an item is in no category': at(({ key, value }) => key === 'groups' && isObject(value), toOne(toOne(remove))),
  'two scales have one id': at(list('scales', 2), ({ value }) => value.push(structuredClone(value[0]))),
  'a scale of facts looks for an answer that is not there': at(
    ({ key, value }) => ['where', 'none', 'running'].includes(key) && isObject(value),
    toOne(toOne(replace(() => 77))),
  ),

  'it is for somebody else': at(list('respondents'), toOne(replace(() => 'neighbour'))),
  'a stand-in is called our own': at(
    all(top('wording'), ({ value }) => value.status === 'stand-in'),
    set('status', () => 'own'),
  ),
  'a piece is called by another name': at(
    ({ key }) => key === '$use',
    replace((was) => `${was}X`),
  ),
  'a part is not there': at(list('uses'), toOne(replace((was) => was.replace('@', '-x@')))),
}

/** Changes that change nothing. */
export const harmlessInInstruments: Mutations = {
  'the items of a scale stand in another order': at(
    isAnswerScale,
    set('items', (was) => was.toReversed()),
  ),
  'what may stay open anyhow is said to': at(
    all(isQuestion, ({ value }) => value.isRequired === undefined),
    set('isRequired', () => false),
  ),
  'a condition is written twice': at(
    isCondition,
    replace((was) => `(${was}) and (${was})`),
  ),
}
