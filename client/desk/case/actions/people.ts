/** The people of a family: who comes in, takes over, agrees or stops. */

import type { CaseFile } from '../../api.ts'
import { offeredLanguages } from '../../shell/language.tsx'
import { languageName } from '../../shell/language-name.ts'
import * as api from '../api.ts'
import { type CaseAction, type Field, filled, of, personField, type Scene, type Values } from './action.ts'

type Person = CaseFile['participants'][number]

const personIn = ({ participants }: CaseFile, { person }: Values): Person | undefined => participants.find(({ id }) => id === person)
const takesPart = ({ state }: Person): boolean => state === 'active'
const somebodyActive = ({ participants }: CaseFile): boolean => participants.some(takesPart)

export const languageChoices = ({ file }: Scene) =>
  file.choices.languages.map((value) => ({
    value,
    label: offeredLanguages.find(({ language }) => language === value)?.name ?? languageName(value, value),
  }))

export const withoutMailField = ({ say }: Pick<Scene, 'say'>): Field => ({
  name: 'withoutMail',
  kind: 'tick',
  label: say('fieldWithoutMail'),
  hint: say('hintWithoutMail'),
  optional: true,
})

export const sexField = ({ say }: Scene): Field => ({
  name: 'sex',
  kind: 'choice',
  label: say('fieldSex'),
  hint: say('hintSex'),
  optional: true,
  choices: [
    { value: 'female', label: say('sexFemale') },
    { value: 'male', label: say('sexMale') },
    { value: 'other', label: say('sexOther') },
  ],
})

/** Name, address, telephone number and sex of somebody who comes in. That there is no address is said on purpose. */
const contactFields = (scene: Scene, needsMail: boolean, { withoutMail }: Values): Field[] => [
  { name: 'name', kind: 'text', label: scene.say('fieldName') },
  ...(needsMail && withoutMail
    ? []
    : [{ name: 'email', kind: 'email' as const, label: scene.say('fieldEmail'), ...(!needsMail && { optional: true as const }) }]),
  ...(needsMail ? [withoutMailField(scene)] : []),
  { name: 'telephone', kind: 'tel', label: scene.say('fieldTelephone'), hint: scene.say('hintTelephone'), optional: true },
  sexField(scene),
]

/** What was filled in of them. An address that was typed before it was said that there is none counts for nothing. */
const contactOf = (values: Values, needsMail: boolean) => ({
  name: of(values, 'name'),
  ...(needsMail && values.withoutMail
    ? { withoutMail: true, ...filled(values, 'telephone', 'sex') }
    : filled(values, 'email', 'telephone', 'sex')),
})

const getsMail = ({ choices }: CaseFile, role: string | undefined): boolean => choices.roles.find(({ id }) => id === role)?.mail ?? true

export const addPerson: CaseAction = {
  id: 'add-person',
  title: 'doAddPerson',
  may: 'change cases',
  group: 'people',
  isFor: () => true,
  fields: (scene, values) => [
    {
      name: 'role',
      kind: 'choice',
      label: scene.say('fieldRole'),
      choices: scene.file.choices.roles.map(({ id, title }) => ({ value: id, label: scene.words(title) })),
    },
    ...contactFields(scene, getsMail(scene.file, values.role), values),
    { name: 'language', kind: 'choice', label: scene.say('speaks'), choices: languageChoices(scene), initial: 'nl' },
  ],
  previews: true,
  send: (place, values, preview, file) => {
    const entry = {
      role: of(values, 'role'),
      language: of(values, 'language'),
      ...contactOf(values, getsMail(file, values.role)),
    }
    return api.addPerson(place, { ...entry, reason: of(values, 'reason') }, preview)
  },
}

export const handOver: CaseAction = {
  id: 'hand-over',
  title: 'doHandOver',
  may: 'change cases',
  group: 'people',
  isFor: somebodyActive,
  ofPerson: takesPart,
  fields: (scene, values) => {
    const before = personIn(scene.file, values)
    return [
      personField(scene, takesPart),
      ...contactFields(scene, getsMail(scene.file, before?.role), values),
      { name: 'language', kind: 'choice', label: scene.say('speaks'), choices: languageChoices(scene), initial: before?.language ?? 'nl' },
    ]
  },
  previews: true,
  send: (place, values, preview, file) => {
    const contact = contactOf(values, getsMail(file, personIn(file, values)?.role))
    const entry = { ...contact, ...filled(values, 'language'), reason: of(values, 'reason') }
    return api.handOver({ ...place, person: of(values, 'person') }, entry, preview)
  },
}

export const stop: CaseAction = {
  id: 'stop',
  title: 'doStop',
  may: 'change cases',
  group: 'people',
  isFor: somebodyActive,
  ofPerson: takesPart,
  fields: (scene) => [
    personField(scene, takesPart),
    {
      name: 'state',
      kind: 'choice',
      label: scene.say('fieldStopState'),
      choices: [
        { value: 'withdrawn', label: scene.say('stopWithdrawn') },
        { value: 'declined', label: scene.say('stopDeclined') },
      ],
    },
    ...(scene.file.choices.stopReasons.length > 0
      ? [
          {
            name: 'code',
            kind: 'choice' as const,
            label: scene.say('fieldCode'),
            optional: true as const,
            choices: scene.file.choices.stopReasons.map(({ id, title }) => ({ value: id, label: scene.words(title) })),
          },
        ]
      : []),
  ],
  previews: true,
  send: (place, values, preview) => {
    const state = values.state === 'declined' ? ('declined' as const) : ('withdrawn' as const)
    return api.stop({ ...place, person: of(values, 'person') }, { state, ...filled(values, 'code'), reason: of(values, 'reason') }, preview)
  },
}

const isAsked = ({ role }: Person, { choices }: CaseFile): boolean => choices.consents.some(({ roles }) => roles.includes(role))

export const consent: CaseAction = {
  id: 'consent',
  title: 'doConsent',
  may: 'change cases',
  group: 'people',
  isFor: (file) => file.participants.some((one) => isAsked(one, file)),
  ofPerson: isAsked,
  fields: (scene, { person }) => {
    const role = scene.file.participants.find(({ id }) => id === person)?.role ?? ''
    const purposes = [...new Set(scene.file.choices.consents.filter(({ roles }) => roles.includes(role)).map(({ purpose }) => purpose))]
    return [
      personField(scene, isAsked),
      {
        name: 'purpose',
        kind: 'choice',
        label: scene.say('fieldPurpose'),
        choices: purposes.map((value) => ({ value, label: scene.names.purpose(value) })),
      },
      {
        name: 'given',
        kind: 'choice',
        label: scene.say('fieldGiven'),
        hint: scene.say('hintGiven'),
        choices: [
          { value: 'yes', label: scene.say('yes') },
          { value: 'no', label: scene.say('no') },
        ],
      },
    ]
  },
  previews: true,
  send: (place, values, preview) => {
    const entry = { purpose: of(values, 'purpose'), given: values.given === 'yes', reason: of(values, 'reason') }
    return api.consent({ ...place, person: of(values, 'person') }, entry, preview)
  },
}
