/** Mistakes in norm tables, band sets and price tables. */
import { all, at, has, list, type Mutations, remove, replace, set, swapTwo, toOne, top, within } from './mutation.ts'

const isStratum = has('mean', 'sd')

export const normMutations: Mutations = {
  'a stratum overlaps': at(all(isStratum, has('when')), ({ parent, value }) =>
    parent.push({ ...structuredClone(value), id: `${value.id}-x` }),
  ),
  'a stratum is dropped': at(list('strata', 2), toOne(remove)),
  'two strata change means': at(list('strata', 2), swapTwo('mean')),
  'nobody falls into a stratum': at(
    all(isStratum, has('when')),
    set('when', () => ({ sex: 'neither' })),
  ),
  'a standard deviation is negative': at(
    isStratum,
    set('sd', (was) => -was),
  ),
  'mean and standard deviation change places': at(isStratum, ({ value }) => {
    Object.assign(value, { mean: value.sd, sd: value.mean })
  }),
  'a mean is another': at(
    isStratum,
    set('mean', (was) => Number((was * 1.1).toFixed(2))),
  ),
  'decimal points are lost': at(isStratum, ({ value }) => {
    Object.assign(value, { mean: value.mean * 100, sd: value.sd * 100 })
  }),
  'a norm is for a scale that is not there': at(
    top('scale'),
    replace((was) => `${was}_x`),
  ),
  'a norm is for no version': at(
    top('instrumentVersions'),
    replace(() => '<0.0.1'),
  ),
  'a norm is for an instrument that is not there': at(
    top('instrument'),
    replace((was) => `${was}-x`),
  ),
  'a norm has bands that are not there': at(
    ({ path, value }) => path === '/bands' && typeof value === 'string',
    replace((was) => was.replace('@', '-x@')),
  ),
  'a stand-in norm is called published': at(
    ({ path, value }) => path === '/status' && value === 'stand-in',
    replace(() => 'published'),
  ),
  'two edges of bands change places': at(list('bands', 3), swapTwo('from')),
  'two bands change names': at(list('bands', 3), swapTwo('label')),
  'a band is dropped': at(list('bands', 3), toOne(remove)),
  'a price is dropped': at(within('prices'), remove),
  'a price is another': at(
    all(within('prices'), ({ value }) => typeof value === 'number'),
    replace((was) => was + 1),
  ),
  'a price is negative': at(
    all(within('prices'), ({ value }) => typeof value === 'number'),
    replace((was) => -1 - was),
  ),
}

/** Changes that change nothing. */
export const harmlessInNorms: Mutations = {
  'the strata stand in another order': at(list('strata', 2), ({ value }) => value.reverse()),
}
