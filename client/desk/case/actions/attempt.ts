/** That somebody was called, visited or sent paper: on the page of the family, and from the page of today. */
import type { CaseFile } from '../../api.ts'
import * as api from '../api.ts'
import { type Means, meansTexts, type Outcome, outcomeTexts } from '../attempt-words.ts'
import { type CaseAction, type Field, filled, of, personField, type Scene, type Values } from './action.ts'

const takesPart = ({ state }: CaseFile['participants'][number]): boolean => state === 'active'

/** What is asked of each try, whoever it is about. Whoever does not want to is not tried again. */
export function attemptFields(say: Scene['say'], { outcome }: Values): Field[] {
  const optional = true as const
  return [
    {
      name: 'means',
      kind: 'choice',
      label: say('attemptMeans'),
      choices: Object.entries(meansTexts).map(([value, text]) => ({ value, label: say(text) })),
    },
    {
      name: 'outcome',
      kind: 'choice',
      label: say('attemptOutcome'),
      choices: Object.entries(outcomeTexts).map(([value, text]) => ({ value, label: say(text) })),
      ...(outcome === 'refused' && { hint: say('attemptRefusedHint') }),
    },
    ...(outcome === 'refused'
      ? []
      : [
          {
            name: 'nextOn',
            kind: 'date' as const,
            label: say('attemptNextOn'),
            hint: say('attemptNextOnHint'),
            ...(outcome !== 'call back' && { optional }),
          },
        ]),
    { name: 'triedOn', kind: 'date', label: say('attemptTriedOn'), hint: say('attemptTriedOnHint'), optional },
    { name: 'reaching', kind: 'area', label: say('attemptReaching'), hint: say('attemptReachingHint'), optional },
    { name: 'reachingGone', kind: 'tick', label: say('attemptReachingGone'), optional },
  ]
}

/** What was filled in, as the server takes it. */
export const attemptOf = (values: Values) => ({
  means: of(values, 'means') as Means,
  outcome: of(values, 'outcome') as Outcome,
  ...filled(values, 'triedOn', 'reaching'),
  ...(values.outcome !== 'refused' && filled(values, 'nextOn')),
  ...(values.reachingGone && !values.reaching?.trim() && { reaching: '' }),
})

export const attempt: CaseAction = {
  id: 'attempt',
  title: 'doAttempt',
  may: 'see contact',
  group: 'mail',
  isFor: ({ participants }) => participants.some(takesPart),
  ofPerson: takesPart,
  fields: (scene, values) => [
    personField(scene, takesPart),
    {
      name: 'wave',
      kind: 'choice',
      label: scene.say('attemptWave'),
      optional: true,
      choices: scene.study.waves
        .filter(({ id }) => scene.file.assignments.some(({ participant, wave }) => participant === values.person && wave === id))
        .map(({ id, title }) => ({ value: id, label: `${id} (${scene.words(title)})` })),
      initial: openWave(scene.file, values.person),
    },
    ...attemptFields(scene.say, values),
  ],
  previews: false,
  withoutReason: true,
  send: async (place, values) => {
    await api.recordAttempt({ ...place, person: of(values, 'person') }, { ...attemptOf(values), ...filled(values, 'wave') })
    return {}
  },
}

/** The wave that they are asked about now, where there is one. */
const openWave = ({ assignments }: CaseFile, person: string | undefined): string =>
  assignments.find((one) => one.participant === person && ['open', 'in progress'].includes(one.state))?.wave ?? ''
