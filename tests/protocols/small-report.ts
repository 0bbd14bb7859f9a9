/** A report of the small study, with a row, a figure and a test of each kind. */
import { both, type Json } from '../instruments/small-files.ts'

export function smallReport(): Json {
  return {
    groups: {
      held: { title: both('Held'), arms: ['conference'] },
      not: { title: both('Not held'), arms: ['other'] },
      all: { title: both('All'), together: ['held', 'not'] },
      eager: { title: both('Eager'), answers: { instrument: 'mood', wave: 'T0', condition: '{q1} > 2' } },
    },
    sections: [
      {
        id: 'mood',
        title: both('Mood'),
        tables: [
          {
            id: '1.1',
            title: both('Mood per wave'),
            of: { instruments: ['mood'], role: 'parent' },
            unit: 'case',
            columns: [{ of: { wave: 'T0' } }, { of: { wave: 'FU3' } }],
            rows: [
              { heading: both('Scores') },
              { describe: { scale: 'total' }, statistics: ['n', 'mean-sd'] },
              { count: { scale: 'total', part: 'band' } },
              { count: { item: 'q1' }, unknown: [4], missing: 'counted' },
              { count: { fact: 'arm' } },
            ],
            tests: [
              {
                kind: 't',
                of: { wave: 'T0' },
                describe: { scale: 'total' },
                groups: ['held', 'not'],
                variances: 'unequal',
                sides: 'less',
              },
              { kind: 'paired-t', describe: { scale: 'total', part: 'z' }, waves: ['T0', 'FU3'], sides: 'two' },
              { kind: 'chi-square', of: { wave: 'T0' }, count: { item: 'q1' }, groups: ['held', 'not'], sides: 'two' },
            ],
          },
          {
            id: '1.2',
            title: both('Change'),
            of: { instruments: ['mood'], wave: 'FU3' },
            columns: [{ title: both('Difference'), of: {} }],
            statistics: ['n', 'mean', 'interval'],
            rows: [{ describe: { scale: 'total', since: 'T0' }, of: { group: 'eager' } }],
          },
        ],
        figures: [
          {
            id: 'figure-1',
            title: both('Course'),
            of: { instruments: ['mood'] },
            kind: 'lines',
            measure: { scale: 'total' },
            series: [{ of: { group: 'held' } }, { of: { group: 'not' } }],
            waves: ['T0', 'FU3'],
          },
        ],
      },
    ],
  }
}
