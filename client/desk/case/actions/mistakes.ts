/** What was registered by mistake: a family, or what was added by mistake is taken away again, while nothing was sent or said about it. */
import * as api from '../api.ts'
import { type CaseAction, filled, of, personField, type Values } from './action.ts'
import { nextIndexChild } from './next-index-child.ts'

const mistakes = [
  { value: 'double', label: 'mistake_double' },
  { value: 'not-eligible', label: 'mistake_notEligible' },
  { value: 'test', label: 'mistake_test' },
] as const

export const takeOut: CaseAction = {
  id: 'take-out',
  title: 'doTakeOut',
  may: 'change cases',
  group: 'case',
  isFor: () => true,
  fields: ({ say }, { mistake }) => [
    {
      name: 'mistake',
      kind: 'choice',
      label: say('fieldMistake'),
      choices: mistakes.map(({ value, label }) => ({ value, label: say(label) })),
    },
    ...(mistake === 'double' ? [{ name: 'sameAs', kind: 'text' as const, label: say('fieldSameAs'), hint: say('hintSameAs') }] : []),
  ],
  previews: true,
  send: (place, values, preview) =>
    api.takeOut(place, { code: mistakeOf(values), ...filled(values, 'sameAs'), reason: of(values, 'reason') }, preview),
}

const mistakeOf = (values: Values) => mistakes.find(({ value }) => value === of(values, 'mistake'))?.value ?? 'test'

export const putBack: CaseAction = {
  id: 'put-back',
  title: 'doPutBack',
  may: 'change cases',
  group: 'case',
  isFor: ({ mistake }) => mistake !== null,
  evenMistaken: true,
  fields: () => [],
  previews: true,
  send: (place, values, preview) => api.putBack(place, { reason: of(values, 'reason') }, preview),
}

export const removePerson: CaseAction = {
  id: 'remove-person',
  title: 'doRemovePerson',
  may: 'change cases',
  group: 'people',
  isFor: ({ participants }) => participants.length > 1,
  ofPerson: ({ state }) => state === 'active',
  fields: (scene) => [{ ...personField(scene, ({ state }) => state === 'active'), hint: scene.say('hintRemovePerson') }],
  previews: false,
  send: async (place, values) => {
    await api.removePerson({ ...place, person: of(values, 'person') }, { reason: of(values, 'reason') })
    return {}
  },
}

export const removeChild: CaseAction = {
  id: 'remove-child',
  title: 'doRemoveChild',
  may: 'change cases',
  group: 'case',
  isFor: ({ children }) => children.length > 0,
  fields: ({ file: { children }, say }, { child }) => [
    {
      name: 'child',
      kind: 'choice',
      label: say('fieldChild'),
      hint: [say('hintRemoveChild'), child?.startsWith('1 ') ? nextIndexChild(children, say) : ''].join(' ').trim(),
      choices: children.map((month, index) => ({
        value: `${index + 1} ${month}`,
        label: index === 0 ? say('childFirst', { month }) : say('childNext', { number: index + 1, month }),
      })),
    },
  ],
  previews: false,
  send: async (place, values) => {
    const [number, birthMonth = ''] = of(values, 'child').split(' ')
    await api.removeChild(place, { number: Number(number), birthMonth, reason: of(values, 'reason') })
    return {}
  },
}
