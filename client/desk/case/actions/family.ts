/** The family as a whole: its dates, its place in the study, its children, with whom it is compared, and notes. */
import * as api from '../api.ts'
import { type CaseAction, filled, of } from './action.ts'

export const moveConference: CaseAction = {
  id: 'move-conference',
  title: 'doMoveConference',
  may: 'change cases',
  group: 'dates',
  isFor: ({ choices }) => choices.anchors.length > 0,
  fields: ({ file, words }) =>
    file.choices.anchors.map(({ id, title }) => ({
      name: `anchors.${id}`,
      kind: 'date',
      label: words(title),
      optional: true,
      initial: file.anchors.find(({ name }) => name === id)?.date ?? '',
    })),
  previews: true,
  send: (place, values, preview, file) => {
    const changed = file.choices.anchors.flatMap(({ id }) => {
      const date = of(values, `anchors.${id}`)
      return date !== '' && date !== file.anchors.find(({ name }) => name === id)?.date ? [[id, date] as const] : []
    })
    return api.setAnchors(place, { anchors: Object.fromEntries(changed), reason: of(values, 'reason') }, preview)
  },
}

export const moveCase: CaseAction = {
  id: 'move',
  title: 'doMove',
  may: 'change cases',
  group: 'case',
  isFor: ({ choices }) => choices.arms.length > 1 || choices.cohorts.length > 1,
  fields: ({ file: { choices }, say, words }, values) => {
    const allowed = choices.cohorts.find(({ id }) => id === (values.cohort ?? choices.cohort))?.arms
    const titled = (all: { id: string; title: Record<string, string> }[]) =>
      all.map(({ id, title }) => ({ value: id, label: words(title) }))
    return [
      ...(choices.cohorts.length > 1
        ? [{ name: 'cohort', kind: 'choice' as const, label: say('caseCohort'), choices: titled(choices.cohorts), initial: choices.cohort }]
        : []),
      ...(choices.arms.length > 0
        ? [
            {
              name: 'arm',
              kind: 'choice' as const,
              label: say('caseArm'),
              choices: titled(choices.arms.filter(({ id }) => allowed?.includes(id) ?? true)),
              initial: choices.arm,
            },
          ]
        : []),
    ]
  },
  previews: true,
  send: (place, values, preview) => api.moveCase(place, { ...filled(values, 'arm', 'cohort'), reason: of(values, 'reason') }, preview),
}

export const addChild: CaseAction = {
  id: 'add-child',
  title: 'doAddChild',
  may: 'change cases',
  group: 'case',
  isFor: () => true,
  fields: ({ say }) => [{ name: 'birthMonth', kind: 'month', label: say('fieldBirthMonth'), hint: say('hintBirthMonth') }],
  previews: false,
  send: async (place, values) => {
    await api.addChild(place, { birthMonth: of(values, 'birthMonth'), reason: of(values, 'reason') })
    return {}
  },
}

export const match: CaseAction = {
  id: 'match',
  title: 'doMatch',
  may: 'change cases',
  group: 'case',
  isFor: ({ choices }) => choices.matching !== null && choices.matching.cohort === choices.cohort,
  fields: ({ file, say, words }) => [
    { name: 'index', kind: 'text', label: say('fieldIndex'), initial: file.comparedWith?.code ?? '' },
    ...(file.choices.matching?.criteria ?? []).map(({ id, title }) => {
      const known = file.comparedWith?.criteria.find(({ criterion }) => criterion === id)?.met ?? null
      return {
        name: `criterion.${id}`,
        kind: 'choice' as const,
        label: words(title),
        choices: [
          { value: 'yes', label: say('criterionMet') },
          { value: 'no', label: say('criterionNotMet') },
        ],
        initial: known === null ? '' : known ? 'yes' : 'no',
      }
    }),
  ],
  previews: false,
  send: async (place, values, _, file) => {
    const criteria = (file.choices.matching?.criteria ?? []).map(({ id }) => id)
    const said = (word: string) => criteria.filter((id) => values[`criterion.${id}`] === word)
    await api.match(place, { index: of(values, 'index'), met: said('yes'), notMet: said('no'), reason: of(values, 'reason') })
    return {}
  },
}

export const undoMatch: CaseAction = {
  id: 'undo-match',
  title: 'doUndoMatch',
  may: 'change cases',
  group: 'case',
  isFor: ({ comparedWith }) => comparedWith !== null,
  fields: () => [],
  previews: false,
  send: async (place, values) => {
    await api.match(place, { index: null, reason: of(values, 'reason') })
    return {}
  },
}

export const note: CaseAction = {
  id: 'note',
  title: 'doNote',
  evenMistaken: true,
  may: 'enter data',
  group: 'case',
  isFor: () => true,
  fields: ({ say }) => [{ name: 'text', kind: 'area', label: say('fieldNote'), hint: say('hintNoNames') }],
  previews: false,
  withoutReason: true,
  send: async (place, values) => {
    await api.addNote(place, { text: of(values, 'text') })
    return {}
  },
}
