/** Mistakes in protocols, and in the mails that they share. */
import {
  all,
  at,
  has,
  isObject,
  list,
  type Mutations,
  remove,
  rename,
  replace,
  type Spot,
  set,
  toOne,
  top,
  twice,
  within,
} from './mutation.ts'

const isRow = all(within('schedule'), has('instrument', 'role'))
const isWave = all(within('waves'), has('anchors', 'offset'))
const isWindow = has('opens', 'closes')
const isMail = has('subject', 'body')

export const protocolMutations: Mutations = {
  'a list is asked in a version that is not there': at(
    isRow,
    set('instrument', (was) => was.replace(/@\d+/, '@9')),
  ),
  'a list is asked of somebody who is not there': at(
    isRow,
    set('role', () => 'neighbour'),
  ),
  'a row is dropped': at(isRow, remove),
  'a row stands there twice': at(isRow, twice),
  'a row is asked in a wave that is not there': at(
    isRow,
    set('waves', (was) => [...was, 'FU99']),
  ),
  'a row is for an arm that is not there': at(
    isRow,
    set('when', (was) => ({ ...was, arms: ['nowhere'] })),
  ),
  'a row is for nobody': at(
    isRow,
    set('when', (was) => ({ ...was, cohorts: [] })),
  ),
  'a wave is dropped': at(isWave, remove),
  'a wave stands there twice': at(isWave, twice),
  'a wave falls a month later': at(
    isWave,
    set('offset', ({ months = 0, ...rest }) => ({ ...rest, months: months + 1 })),
  ),
  'a wave counts from what is not there': at(
    isWave,
    set('anchors', () => ['birthday']),
  ),
  'a window is closed before it opens': at(
    isWindow,
    set('closes', (_, __, { opens }) => opens - 1),
  ),
  'a window is a day long': at(
    isWindow,
    set('closes', (_, __, { opens }) => opens),
  ),
  'a role is called by another name': at(within('roles'), rename),
  'an arm is called by another name': at(within('arms'), rename),
  'an anchor is called by another name': at(within('anchors'), rename),
  'a mail has no link': at(
    isMail,
    set('body', (was) => (isObject(was) ? { ...was, nl: String(was.nl).replace('{link}', '') } : null)),
  ),
  'a mail has a placeholder that is not there': at(
    isMail,
    set('subject', (was) => ({ ...was, nl: `${was.nl} {child}` })),
  ),
  'a reminder comes when it is too late': at(
    has('days', 'text'),
    set('days', () => 9999),
  ),
  'a consent is asked of somebody who is not there': at(
    within('consents'),
    set('roles', (was) => [...was, 'neighbour']),
  ),
  'a consent is not needed any more, or is': at(
    within('consents'),
    set('required', (was) => !was),
  ),
  'the time zone is misspelt': at(
    top('timeZone'),
    replace(() => 'Europe/Amsterdm'),
  ),
  'a norm of the study is not there': at(list('norms'), toOne(replace((was) => was.replace('@', '-x@')))),
  'a table counts what is not there': at(
    all(has('describe'), ({ value }) => has('scale')({ value: value.describe } as Spot)),
    set('describe', (was) => ({ ...was, scale: 'nowhere' })),
  ),
  'a table is of a wave that is not there': at(
    ({ key, value }) => key === 'of' && isObject(value) && value.wave !== undefined,
    set('wave', () => 'FU99'),
  ),
  'a table stands there twice': at(has('columns', 'rows'), twice),
  'a chi-square is across waves of the same people': at(
    all(has('count', 'groups'), ({ value }) => value.kind === 'chi-square'),
    ({ value }) => {
      delete value.groups
      value.waves = ['T0', 'FU3']
    },
  ),
  'nobody says which side a test has': at(
    has('sides'),
    set('sides', () => undefined),
  ),
  'a group of the report is of an arm that is not there': at(
    all(({ path }) => path.startsWith('/report/groups/'), has('arms')),
    set('arms', () => ['nowhere']),
  ),
  'a language is promised that nothing has': at(list('languages'), ({ value }) => value.push('fy')),
}
