/** What was registered wrongly, of a family and of one of its people. */
import * as api from '../api.ts'
import { type CaseAction, of, personField, type Values } from './action.ts'
import { languageChoices, sexField } from './people.ts'

/** Of these fields, what is another than it was. */
const changed = (values: Values, was: Record<string, string>): [string, string][] =>
  Object.keys(was).flatMap((name) => (of(values, name) === was[name] ? [] : [[name, of(values, name)]]))

export const correctCase: CaseAction = {
  id: 'correct',
  title: 'doCorrect',
  may: 'change cases',
  group: 'case',
  isFor: () => true,
  fields: ({ file, say }) => [
    { name: 'region', kind: 'text', label: say('caseRegion'), hint: say('hintCodeStays'), optional: true, initial: file.region ?? '' },
    ...file.children.map((month, index) => ({
      name: `children.${index + 1}`,
      kind: 'month' as const,
      label: index === 0 ? say('fieldBirthMonthFirst') : say('fieldBirthMonthNext', { number: index + 1 }),
      hint: say('hintBirthMonth'),
      initial: month,
    })),
  ],
  previews: true,
  send: (place, values, preview, file) => {
    const region = changed(values, { region: file.region ?? '' })
    const children = file.children.flatMap((month, index) => {
      const typed = of(values, `children.${index + 1}`)
      return typed === month ? [] : [[index + 1, typed] as const]
    })
    const entry = { ...Object.fromEntries(region), ...(children.length > 0 && { children: Object.fromEntries(children) }) }
    return api.correctCase(place, { ...entry, reason: of(values, 'reason') }, preview)
  },
}

export const correctPerson: CaseAction = {
  id: 'correct-person',
  title: 'doCorrectPerson',
  may: 'change cases',
  group: 'people',
  isFor: ({ participants }) => participants.length > 0,
  ofPerson: () => true,
  fields: (scene, { person }) => {
    const { file, say, words } = scene
    const now = file.participants.find(({ id }) => id === person)
    const roles = file.choices.roles.map(({ id, title }) => ({ value: id, label: words(title) }))
    return [
      personField(scene, () => true),
      { ...sexField(scene), initial: now?.sex ?? '' },
      { name: 'language', kind: 'choice', label: say('speaks'), choices: languageChoices(scene), initial: now?.language ?? '' },
      { name: 'role', kind: 'choice', label: say('fieldRole'), hint: say('hintRoleStays'), choices: roles, initial: now?.role ?? '' },
    ]
  },
  previews: true,
  send: (place, values, preview, file) => {
    const person = of(values, 'person')
    const now = file.participants.find(({ id }) => id === person)
    const { sex, ...rest } = Object.fromEntries(
      changed(values, { sex: now?.sex ?? '', language: now?.language ?? '', role: now?.role ?? '' }),
    )
    const entry = { ...rest, ...(sex !== undefined && { sex: sexes.find((one) => one === sex) ?? null }) }
    return api.correctPerson({ ...place, person }, { ...entry, reason: of(values, 'reason') }, preview)
  },
}

const sexes = ['female', 'male', 'other'] as const
