/** Writing to the people of a family: who they are, where mail goes, and that it goes once more. */
import type { CaseFile } from '../../api.ts'
import * as api from '../api.ts'
import { type CaseAction, filled, of, personField, type Scene, type Values } from './action.ts'
import { withoutMailField } from './people.ts'

type Person = CaseFile['participants'][number]

const getsMail = ({ state, role, withoutMailAt }: Person, { choices }: CaseFile): boolean =>
  state === 'active' && withoutMailAt === null && (choices.roles.find(({ id }) => id === role)?.mail ?? false)

/** Waves in which something is open for somebody. */
const openWaves = ({ assignments }: CaseFile, person: string): string[] => [
  ...new Set(
    assignments.filter((one) => one.participant === person && ['open', 'in progress'].includes(one.state)).map(({ wave }) => wave),
  ),
]

const anybody = (may: NonNullable<CaseAction['ofPerson']>) => (file: CaseFile) => file.participants.some((one) => may(one, file))

const waveChoices = ({ study, words }: Scene, waves: string[]) =>
  study.waves.filter(({ id }) => waves.includes(id)).map(({ id, title }) => ({ value: id, label: `${id} (${words(title)})` }))

const canGetAgain = (person: Person, file: CaseFile): boolean =>
  getsMail(person, file) && !person.addressRefused && openWaves(file, person.id).length > 0

export const seeContact: CaseAction = {
  id: 'contact',
  title: 'doContact',
  may: 'see contact',
  group: 'mail',
  isFor: ({ participants }) => participants.length > 0,
  ofPerson: () => true,
  fields: (scene) => [personField(scene, () => true)],
  previews: false,
  send: async (place, values) => {
    const { contact } = await api.seeContact({ ...place, person: of(values, 'person') }, { reason: of(values, 'reason') })
    return { contact }
  },
}

export const correctAddress: CaseAction = {
  id: 'correct-address',
  title: 'doCorrectAddress',
  may: 'handle mail',
  group: 'mail',
  isFor: ({ participants }) => participants.length > 0,
  ofPerson: () => true,
  fields: (scene, values) => [
    personField(scene, () => true),
    ...(values.withoutMail
      ? []
      : [{ name: 'email', kind: 'email' as const, label: scene.say('fieldEmail'), hint: scene.say('hintKept'), optional: true as const }]),
    ...(hasMail(scene.file, values) ? [withoutMailField(scene)] : []),
    ...(hasMail(scene.file, values) && values.withoutMail
      ? [
          {
            name: 'closeLinks',
            kind: 'tick' as const,
            label: scene.say('fieldCloseLinks'),
            hint: scene.say('hintCloseLinksGone'),
            optional: true as const,
          },
        ]
      : []),
    ...(values.noTelephone
      ? []
      : [
          {
            name: 'telephone',
            kind: 'tel' as const,
            label: scene.say('fieldTelephone'),
            hint: scene.say('hintKept'),
            optional: true as const,
          },
        ]),
    { name: 'noTelephone', kind: 'tick', label: scene.say('fieldNoTelephone'), optional: true },
    { name: 'name', kind: 'text', label: scene.say('fieldName'), hint: scene.say('hintNameKept'), optional: true },
    ...(sendsAgain(scene.file, values)
      ? [{ name: 'again', kind: 'tick' as const, label: scene.say('fieldAgain'), initial: 'yes', optional: true as const }]
      : []),
  ],
  previews: true,
  send: async (place, values, preview, file) => {
    const param = { ...place, person: of(values, 'person') }
    const reason = of(values, 'reason')
    const isGone = hasMail(file, values) && values.withoutMail === 'yes'
    const entry = {
      ...(isGone ? { withoutMail: true, closeLinks: values.closeLinks === 'yes' } : filled(values, 'email')),
      ...(values.noTelephone ? { telephone: '' } : filled(values, 'telephone')),
      ...filled(values, 'name'),
    }
    const again = values.again && sendsAgain(file, values) ? openWaves(file, param.person) : []
    const { changes, mails } = await api.correctAddress(param, { ...entry, reason }, preview)
    if (!preview) for (const wave of again) await api.sendAgain(param, { wave, closeLinks: true, reason })
    // By a name or a telephone number alone no mail comes, moves or goes.
    if (!isGone && !values.email?.trim()) return { changes }
    const isPlanned = changes.mails.length + changes.lists.length > 0
    // An invitation that waits is brought forward rather than sent twice.
    const waits = (wave: string) => mails.some((one) => one.wave === wave && isInvitation(one.kind))
    // Nobody gets two mails about the same lists on one day.
    const going = mails.filter(({ kind, wave, isDue }) => isInvitation(kind) || !isDue || !again.includes(wave))
    return { ...(isPlanned && { changes }), mails: going.map(hastened(again)), again: again.filter((wave) => !waits(wave)) }
  },
}

const isInvitation = (kind: string): boolean => /^invitation( \d+)?$/.test(kind)

const hastened =
  (again: string[]) =>
  (one: api.Correcting['mails'][number]): api.Correcting['mails'][number] =>
    isInvitation(one.kind) && again.includes(one.wave) ? { ...one, what: 'goes now' } : one

const personIn = ({ participants }: CaseFile, { person }: Values): Person | undefined => participants.find(({ id }) => id === person)

/** Whether it can be taken away from them. */
const hasMail = (file: CaseFile, values: Values): boolean => personIn(file, values)?.withoutMailAt === null

/** To whoever had no address before, the invitation goes by itself. */
const sendsAgain = (file: CaseFile, values: Values): boolean => {
  const person = personIn(file, values)
  const isGiven = values.email?.trim() && !values.withoutMail
  return Boolean(isGiven) && person !== undefined && getsMail(person, file) && openWaves(file, person.id).length > 0
}

export const sendAgain: CaseAction = {
  id: 'send-again',
  title: 'doSendAgain',
  may: 'handle mail',
  group: 'mail',
  isFor: anybody(canGetAgain),
  ofPerson: canGetAgain,
  fields: (scene, values) => [
    personField(scene, canGetAgain),
    {
      name: 'wave',
      kind: 'choice',
      label: scene.say('fieldWave'),
      choices: waveChoices(scene, openWaves(scene.file, values.person ?? '')),
    },
    { name: 'closeLinks', kind: 'tick', label: scene.say('fieldCloseLinks'), hint: scene.say('hintCloseLinks'), optional: true },
  ],
  previews: false,
  send: async (place, values) => {
    const entry = { wave: of(values, 'wave'), closeLinks: values.closeLinks === 'yes', reason: of(values, 'reason') }
    await api.sendAgain({ ...place, person: of(values, 'person') }, entry)
    return {}
  },
}

const reachability = (id: string, title: CaseAction['title'], reachable: boolean): CaseAction => {
  const may = (person: Person, file: CaseFile): boolean => getsMail(person, file) && person.addressRefused === reachable
  return {
    id,
    title,
    may: 'handle mail',
    group: 'mail',
    isFor: anybody(may),
    ofPerson: may,
    fields: (scene) => [personField(scene, may)],
    previews: false,
    send: async (place, values) => {
      await api.setReachable({ ...place, person: of(values, 'person') }, { reachable, reason: of(values, 'reason') })
      return {}
    },
  }
}

export const notReachable = reachability('not-reachable', 'doNotReachable', false)
export const reachableAgain = reachability('reachable-again', 'doReachableAgain', true)

/** Lists that have not come, also those whose time is over. */
const unanswered = ({ assignments }: CaseFile, person: string): string[] => [
  ...new Set(
    assignments
      .filter((one) => one.participant === person && ['open', 'in progress', 'expired'].includes(one.state) && one.reason === null)
      .map(({ wave }) => wave),
  ),
]
const canExtend = (person: Person, file: CaseFile): boolean => person.state === 'active' && unanswered(file, person.id).length > 0

export const extendWindow: CaseAction = {
  id: 'extend',
  title: 'doExtend',
  may: 'handle mail',
  group: 'dates',
  isFor: anybody(canExtend),
  ofPerson: canExtend,
  fields: (scene, values) => [
    personField(scene, canExtend),
    {
      name: 'wave',
      kind: 'choice',
      label: scene.say('fieldWave'),
      choices: waveChoices(scene, unanswered(scene.file, values.person ?? '')),
    },
    { name: 'lastDay', kind: 'date', label: scene.say('fieldLastDay'), hint: scene.say('hintLastDay') },
  ],
  previews: true,
  send: (place, values, preview) => {
    const entry = { wave: of(values, 'wave'), lastDay: of(values, 'lastDay'), reason: of(values, 'reason') }
    return api.extendWindow({ ...place, person: of(values, 'person') }, entry, preview)
  },
}
