/** A study of two lists that it brought itself, with later versions of them and of its protocol. */
import { join } from 'node:path'
import { asRelease, writeDefinition } from '../harness/definition-folder.ts'
import { both, everybody, normTable } from './rescoring-study.ts'

/** T0 in March and FU3 in June 2026, of two lists that a study brought itself. */
export const protocol = {
  kind: 'protocol',
  id: 'own',
  version: '1.0.0',
  title: both('Own'),
  source: 'Written for a test',
  timeZone: 'Europe/Amsterdam',
  languages: ['nl', 'en'],
  arms: { all: { title: both('Everybody') } },
  cohorts: { now: { title: both('Now') } },
  roles: { parent: { title: both('Parent'), introduction: both('Hello') } },
  anchors: { referral: { title: both('Referral') } },
  waves: [
    { id: 'T0', title: both('Start'), anchors: ['referral'], offset: {}, window: { opens: 0, closes: 30 } },
    { id: 'FU3', title: both('Later'), anchors: ['referral'], offset: { months: 3 }, window: { opens: 0, closes: 30 } },
  ],
  schedule: [
    { instrument: 'veo@1.0.0', role: 'parent', waves: ['T0', 'FU3'] },
    { instrument: 'pul@1.0.0', role: 'parent', waves: ['T0', 'FU3'] },
  ],
  norms: ['veo-total-test@1.0.0'],
  consents: [],
  messages: { hour: '09:00', invitation: { subject: both('Questions'), body: both('{link}') }, reminders: [] },
}

/** The second version of veo lacks an item of its scale; that of pul only has other words. */
export function definitionsIn(folder: string): string {
  const definitions = join(folder, 'definitions')
  const [veo, pul] = [asRelease('veo'), asRelease('pul')]
  for (const list of [veo, pul]) writeDefinition(definitions, 'instruments', list)
  const shorter = structuredClone({ ...veo, version: '1.1.0' })
  const [scale] = shorter.scales
  const dropped = scale.items.pop()
  scale.reverse = scale.reverse.filter((name: string) => name !== dropped)
  scale.range = [scale.range[0] - scale.itemRange[0], scale.range[1] - scale.itemRange[1]]
  for (const page of shorter.survey.pages) page.elements = page.elements.filter(({ name }: { name: string }) => name !== dropped)
  writeDefinition(definitions, 'instruments', shorter)
  writeDefinition(definitions, 'instruments', { ...pul, version: '1.1.0', measures: both('In other words') })
  writeDefinition(definitions, 'instruments', { ...pul, version: '1.2.0', respondents: ['referrer'] })
  writeDefinition(definitions, 'norms', normTable('veo', 'total', '1.0.0', everybody(46, 7)))
  writeDefinition(definitions, 'protocols', protocol)
  const schedule = [{ instrument: 'pul@1.1.0', role: 'parent', waves: ['T0', 'FU3'] }]
  const later = { ...protocol, version: '1.1.0', schedule, norms: [] }
  writeDefinition(definitions, 'protocols', later)
  return definitions
}
