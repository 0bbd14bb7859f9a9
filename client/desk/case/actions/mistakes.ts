/** What was added by mistake is taken away again, while nothing was sent or said about it. */
import * as api from '../api.ts'
import { type CaseAction, of, personField } from './action.ts'
import { nextIndexChild } from './next-index-child.ts'

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
