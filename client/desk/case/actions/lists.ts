/** Lists that will not come, for a reason that the protocol codes. */
import type { CaseFile } from '../../api.ts'
import * as api from '../api.ts'
import { type CaseAction, type Field, of, type Scene, type Values } from './action.ts'

type List = CaseFile['assignments'][number]

const keyOf = ({ participant, wave, instrument, about }: List): string => JSON.stringify([participant, wave, instrument, about])

function listField({ file, names, say }: Scene, may: (list: List) => boolean): Field {
  const label = (one: List): string => `${one.wave}, ${names.person(one.participant)}: ${names.list(one.instrument, one.about)}`
  return {
    name: 'list',
    kind: 'choice',
    label: say('fieldList'),
    choices: file.assignments.filter(may).map((one) => ({ value: keyOf(one), label: label(one) })),
  }
}

const isAhead = ({ state, reason }: List): boolean => state !== 'completed' && state !== 'cancelled' && reason === null
const isOff = ({ reason }: List): boolean => reason !== null

function send(
  place: { study: string; case: string },
  values: Values,
  preview: boolean,
  code: string | null,
): Promise<{ changes: api.Changes }> {
  const [person, wave, instrument, about] = JSON.parse(of(values, 'list')) as [string, string, string, string | null]
  const entry = {
    instrument,
    ...(values.everyWave !== 'yes' && { wave }),
    ...(about !== null && { about }),
    code,
    reason: of(values, 'reason'),
  }
  return api.callOff({ ...place, person }, entry, preview)
}

export const callOff: CaseAction = {
  id: 'call-off',
  title: 'doCallOff',
  may: 'change cases',
  group: 'lists',
  isFor: ({ assignments, choices }) => choices.listReasons.length > 0 && assignments.some(isAhead),
  fields: (scene) => [
    listField(scene, isAhead),
    {
      name: 'code',
      kind: 'choice',
      label: scene.say('fieldCode'),
      choices: scene.file.choices.listReasons.map(({ id, title }) => ({ value: id, label: scene.words(title) })),
    },
    { name: 'everyWave', kind: 'tick', label: scene.say('fieldEveryWave'), optional: true },
  ],
  previews: true,
  send: (place, values, preview) => send(place, values, preview, of(values, 'code')),
}

export const undoCallOff: CaseAction = {
  id: 'ask-again',
  title: 'doUndoCallOff',
  may: 'change cases',
  group: 'lists',
  isFor: ({ assignments }) => assignments.some(isOff),
  fields: (scene) => [listField(scene, isOff)],
  previews: true,
  send: (place, values, preview) => send(place, values, preview, null),
}
