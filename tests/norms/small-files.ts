/** A norm table and a band set as files, for the small instrument of tests/instruments/small-files.ts. */
import { both, type Json } from '../instruments/small-files.ts'

export function smallBands(): Json {
  return {
    kind: 'band-set',
    id: 'two',
    version: '1.0.0',
    title: both('Two bands'),
    source: 'Made for a test',
    bands: [
      { id: 'none', label: both('none'), from: null },
      { id: 'some', label: both('some'), from: 0.8 },
      { id: 'much', label: both('much'), from: 1.65 },
    ],
  }
}

/** Norms for `total` of `mood@0.1.0-standin`: girls and boys of two ages, and everybody else. */
export function smallTable(): Json {
  return {
    kind: 'norm-table',
    id: 'mood-nl',
    version: '0.1.0-standin',
    title: both('Mood norms'),
    instrument: 'mood',
    instrumentVersions: '0.1.0-standin',
    scale: 'total',
    population: both('Nobody'),
    year: 2026,
    status: 'stand-in',
    source: 'Made for a test',
    bands: 'two@1.0.0',
    strata: [
      { id: 'young-girls', when: { sex: 'female', child_age: { from: 0, to: 5 } }, mean: 6, sd: 2, n: 100 },
      { id: 'girls', when: { sex: 'female', child_age: { from: 6, to: 17 } }, mean: 7, sd: 2, n: 100 },
      { id: 'boys', when: { sex: 'male' }, mean: 7.5, sd: 2, n: null },
      { id: 'everybody-else', mean: 7, sd: 2, n: null },
    ],
  }
}
